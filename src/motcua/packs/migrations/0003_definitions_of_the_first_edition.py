from django.db import migrations

SIGNS = {"at_least": ">=", "at_most": "<="}


def quoted(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f'"{value}"'


def expression(condition):
    """Return a condition of the first edition, which was data, as an expression."""
    for key, word in (("all", " and "), ("any", " or ")):
        if key in condition:
            return word.join(f"({expression(each)})" for each in condition[key])
    if "not" in condition:
        return f"not ({expression(condition['not'])})"
    field = condition["field"]
    made = []
    for test, value in condition.items():
        if test == "equals":
            made.append(f"{field} = {quoted(value)}")
        elif test == "in":
            made.append(f"{field} in ({', '.join(quoted(each) for each in value)})")
        elif test == "contains":
            made.append(f"{field} contains {quoted(value)}")
        elif test == "present":
            made.append(f"present({field})" if value else f"not present({field})")
        elif test in SIGNS:
            made.append(f"{field} {SIGNS[test]} {value}")
    return " and ".join(made)


def with_expressions(value):
    if isinstance(value, list):
        return [with_expressions(each) for each in value]
    if not isinstance(value, dict):
        return value
    asked = ("show", "required", "when")
    return {
        key: expression(each) if key in asked and isinstance(each, dict) else with_expressions(each)
        for key, each in value.items()
    }


def second_edition(definition):
    """Return a definition of the first edition as one of the second; it means the same."""
    made = with_expressions(definition)
    procedure = made["procedure"]
    steps = procedure.pop("stages")
    procedure["requirements"] = procedure.pop("eligibility", [])
    procedure["results"] = [procedure.pop("result")]
    return {
        "procedure": procedure,
        "form": made["form"],
        "workflow": {"steps": steps},
        "templates": {"result.typ": made["result"]},
        "lists": {},
        "examples": {},
    }


def forwards(apps, _schema_editor):
    for version in apps.get_model("packs", "PackVersion").objects.iterator():
        if "templates" not in version.definition:
            version.definition = second_edition(version.definition)
            version.save(update_fields=["definition"])


class Migration(migrations.Migration):
    """Versions published before the second edition go on being read; their ids stay."""

    dependencies = [("packs", "0002_second_edition")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True)]
