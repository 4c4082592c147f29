"""
The catalogue in the words of CPSV-AP 3.2, the European profile for descriptions of public services.

https://semiceu.github.io/CPSV-AP/releases/3.2.0/ names the classes and properties;
`docs/catalogue.md` says which of our fields goes where.
"""
