"""The tutorial in `docs/packs.md` can be followed to the letter."""

import re
from pathlib import Path

from django.core.management import call_command

PAGE = (Path(__file__).parents[4] / "docs" / "packs.md").read_text()
TUTORIAL = PAGE.split("## A procedure online in fifteen minutes\n")[1].split("\n## ")[0]
FILES = re.findall(r"^`(1\.005092/\S+)`\n```\w+\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)
BLOCKS = re.findall(r"^```\w*\n(.*?)^```$", TUTORIAL, re.DOTALL | re.MULTILINE)


def told(capsys, *arguments):
    call_command("packs", *arguments)
    return capsys.readouterr().out


def test_who_follows_the_tutorial_gets_the_pack_and_the_answers_it_shows(
    capsys, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    title = re.search(r'packs new 1\.005092 --title "(.+?)"', TUTORIAL)[1]
    assert told(capsys, "new", "1.005092", "--title", title) in BLOCKS
    Path("1.005092/examples/invalid-no-name.yaml").unlink()
    for name, text in FILES:
        Path(name).write_text(text)
    said = told(capsys, "lint", "1.005092") + told(capsys, "test", "1.005092")
    assert said in BLOCKS
