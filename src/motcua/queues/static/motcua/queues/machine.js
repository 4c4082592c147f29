/* At the machine: print the slip, then leave the screen to the next one. */
"use strict";
const back = document.currentScript.dataset.back;
addEventListener("load", () => print());
setTimeout(() => location.replace(back), 12000);
