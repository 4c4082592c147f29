"""A made-up crowd stands a second look: its people, its hours, its numbers and its terms."""

import json
from collections import defaultdict
from random import Random

import pytest

from motcua.agencies.operations.posts import appoint
from motcua.agencies.queries.calendars import calendar_of
from motcua.config.crowd import TEAM, places_of
from motcua.dossiers.models import Dossier, Transition
from motcua.dossiers.operations import seeding
from motcua.dossiers.operations.seeding import Place, seed_dossiers
from motcua.dossiers.operations.seeding_answers import WRITTEN_ON, Answers, applicant_for
from motcua.dossiers.operations.seeding_papers import make_papers
from motcua.dossiers.queries.competence import takes
from motcua.dossiers.rules.believable import person_of
from motcua.dossiers.rules.believable_reasons import ASKING
from motcua.dossiers.rules.believable_story import ONLINE
from motcua.dossiers.rules.lifecycle import ENDED, Step
from motcua.dossiers.tests.conftest import CITY, OTHER, SYSTEM, WARD, answers
from motcua.dossiers.tests.conftest import definition as definition  # noqa: PLC0414
from motcua.dossiers.tests.conftest import ward as ward  # noqa: PLC0414
from motcua.dossiers.tests.test_believable import NOW, OFFICIALS
from motcua.files.queries.kept import content_for_room, infos_for_room
from motcua.forms.queries.forms import problems_in
from motcua.kernel.personal_id import Sex, birth_year_in, sex_in
from motcua.packs.queries.packs import papers_for
from motcua.packs.tests.shipped import VALID, example, example_of, shipped


def place(agency=WARD, **more):
    return Place(agency, calendar_of(WARD), OFFICIALS, **more)


@pytest.fixture
def crowd(definition, monkeypatch):
    """Seed a ward with seven hundred dossiers in three batches."""
    monkeypatch.setattr(seeding, "BATCH", 250)
    seed([place()], [(definition, answers())])
    return list(Dossier.objects.prefetch_related("transitions").order_by("pk"))


def seed(places, packs, count=700):
    seed_dossiers(
        count, places=places, packs=packs, applicants=60, now=NOW, progress=lambda done: None
    )


def steps_of(dossier):
    return sorted(dossier.transitions.all(), key=lambda step: step.pk)


@pytest.mark.django_db(transaction=True)
def test_counters_and_officials_are_at_work_in_working_hours_only(crowd):
    calendar = calendar_of(WARD)

    def is_open(moment):
        local = moment.astimezone(calendar.zone)
        spans = calendar.hours_on(local.date()).on(local.date(), calendar.zone)
        return any(opens <= local <= closes for opens, closes in spans)

    visits = [x.filed_at for x in crowd if x.channel != ONLINE]
    taken = list(Transition.objects.filter(by__startswith="o-").values_list("at", flat=True))
    assert len(visits) > 200
    assert all(map(is_open, [*visits, *taken]))
    for moments in (visits, taken):
        local = [moment.astimezone(calendar.zone) for moment in moments]
        mondays = sum(moment.weekday() == 0 for moment in local)
        early = sum(moment.hour < 8 for moment in local)
        assert mondays / len(local) < 0.35, "no weekend's work waits for Monday"
        assert early / len(local) < 0.25, "nor the night's for the opening"


@pytest.mark.django_db(transaction=True)
def test_numbers_of_a_day_rise_with_the_moment_of_filing(crowd):
    days = defaultdict(list)
    for x in crowd:
        day, number = x.code.split("-")[-2:]
        days[day].append((x.filed_at, int(number)))
    assert max(map(len, days.values())) > 2
    for told in days.values():
        assert [number for _at, number in sorted(told)] == list(range(1, len(told) + 1))
    assert [x.filed_at for x in crowd] == sorted(x.filed_at for x in crowd)


@pytest.mark.django_db(transaction=True)
def test_what_ended_is_kept_as_long_as_the_portal_keeps_dossiers(crowd, settings):
    ended = [x for x in crowd if x.state in ENDED]
    assert ended
    for x in ended:
        last = steps_of(x)[-1].at.astimezone(NOW.tzinfo).date()
        assert x.archive_on.year == last.year + settings.DOSSIER_KEPT_YEARS
        assert x.archive_action == "destroy"


@pytest.mark.django_db(transaction=True)
def test_officials_do_not_all_say_the_same(crowd):
    asked = {
        (bool(step.details["papers"]), step.reason)
        for x in crowd
        for step in steps_of(x)
        if step.step == Step.ASK_SUPPLEMENT
    }
    assert len(asked) >= 4
    assert all(reason in ASKING[papers] for papers, reason in asked)


def test_who_gets_an_apology_could_not_have_had_the_answer_in_time(definition, monkeypatch):
    monkeypatch.setattr("motcua.dossiers.rules.believable_story.REAPPOINTED", 0.5)
    seed([place()], [(definition, answers())], count=300)
    answered = late = 0
    for x in Dossier.objects.filter(appointed_at__isnull=False).prefetch_related("transitions"):
        steps = steps_of(x)
        (told,) = [n for n, step in enumerate(steps) if step.step == Step.REAPPOINT]
        promised = steps[told - 1].due_at
        assert steps[told].at < promised < x.appointed_at
        for step in steps[told:]:
            if step.step == Step.APPROVE:
                assert step.at > promised
                answered, late = answered + 1, late + (step.at > x.due_at)
    assert answered > 50
    assert 0 < late < answered / 4


def test_dossiers_are_filed_only_where_their_procedure_is_taken(definition):
    of_others = shipped("1.000894"), example(example_of("1.000894", "valid-first-marriage"))[1]
    places = [
        place(WARD, procedures=frozenset([definition.code])),
        place(OTHER, procedures=frozenset(["1.000894"])),
        place(CITY, procedures=frozenset(["1.009999"]), weight=9),
    ]
    seed(places, [(definition, answers()), of_others], count=100)
    found = set(Dossier.objects.values_list("agency", "procedure"))
    assert found == {(WARD, definition.code), (OTHER, "1.000894")}


def test_the_form_is_about_who_files_it_at_the_place_where_it_is_filed(ward):
    pack, given, *_ = example(example_of("1.001193", "valid-mother-with-certificate"))
    seed([place(unit=("01", "00004"))], [(pack, given)], count=60)
    children = set()
    for x in Dossier.objects.all():
        mother, text = x.answers["mother"], json.dumps(x.answers, ensure_ascii=False)
        number = int(x.applicant.removeprefix("seed-"))
        person = person_of(number)
        assert mother == {
            "name": x.applicant_name,
            "id": person.personal_id(number),
            "birth_date": person.born.isoformat(),
        }
        assert person.sex is Sex.FEMALE
        assert (birth_year_in(mother["id"]), sex_in(mother["id"])) == (person.born.year, person.sex)
        assert given["mother"]["name"] not in text
        assert x.answers["office"] == {"province": "01", "commune": "00004"}
        assert x.answers["child_birth_date"] <= x.filed_at.date().isoformat()
        assert x.answers["child_name"].split()[0] == x.answers["father"]["name"].split()[0]
        children.add(x.answers["child_name"])
    assert len(children) > 40


@pytest.mark.parametrize("number", range(3))
def test_answers_of_other_people_are_as_right_as_the_example_s(number):
    wrong = {}
    for path in VALID:
        pack, given, on, _expect = example(path)
        made = Answers.of(pack.form, given, unit_field=pack.unit_field)
        who = applicant_for(made, 7919 * number + 100)
        text, _words = made.filled(Random(number), person_of(who), who, on=WRITTEN_ON, unit=None)
        if problems := problems_in(pack.form, json.loads(text), on=on):
            wrong[f"{path.parent.parent.name}/{path.stem}"] = problems
    assert wrong == {}


def test_a_dossier_is_found_by_what_stands_in_it_and_not_by_the_example():
    path = next(path for path in VALID if path.parent.parent.name == "1.011607")
    pack, given, *_ = example(path)
    made = Answers.of(pack.form, given, unit_field=pack.unit_field)
    number = applicant_for(made, 8)
    _text, words = made.filled(Random(1), person_of(number), number, on=WRITTEN_ON, unit=None)
    assert person_of(number).personal_id(number) in words.split()
    assert given["head"]["id"] not in words.split()
    assert "".join(reversed(given["head"]["birth_date"].split("-"))) not in words.split()


@pytest.mark.django_db
def test_a_city_with_its_team_gets_nothing_that_only_wards_settle(definition):
    for agency in (CITY, WARD):
        for role in TEAM:
            appoint(f"{role}.{agency}", "Ai đó", agency, role, "Công chức", by=SYSTEM, at=NOW)
    (only,) = places_of([definition], at=NOW)
    assert (only.agency, only.procedures) == (WARD, {definition.code})
    assert takes(definition, WARD)
    assert not takes(definition, CITY)
    assert only.unit == ("01", "00004")


@pytest.mark.django_db(transaction=True)
def test_every_dossier_has_the_papers_its_pack_waits_for_from_a_few_shared_files(
    definition, monkeypatch
):
    monkeypatch.setattr(seeding, "BATCH", 250)
    files = make_papers([definition], by=SYSTEM, at=NOW)
    assert set(files) == {paper.name.vi for paper in definition.papers}
    seed_dossiers(
        300,
        places=[place()],
        packs=[(definition, answers())],
        applicants=60,
        now=NOW,
        progress=lambda done: None,
        files=files,
    )
    asked = papers_for(definition, answers(), on=NOW.date())
    wanted = {each.paper.id: [files[each.paper.name.vi]] for each in asked if each.required}
    assert wanted
    assert all(each == wanted for each in Dossier.objects.values_list("papers", flat=True))
    shown = infos_for_room(files.values())
    assert [each.name for each in shown] == [f"{name}.pdf" for name in files]
    assert {each.pages for each in shown} == {1}
    assert content_for_room(shown[0].id).startswith(b"%PDF")
