"""The words of a form that every pack shares: its parts' labels, and labels inside sentences."""

from collections.abc import Mapping

from motcua.forms.rules.definition import Field, Kind, Words

PART_LABELS: Mapping[str, Words] = {
    "province": Words("Tỉnh, thành phố", "Province or city"),
    "commune": Words("Xã, phường, đặc khu", "Commune, ward or special zone"),
    "street": Words("Số nhà, đường, thôn, tổ dân phố", "House number, street, village"),
    "name": Words("Họ, chữ đệm, tên", "Full name"),
    "id": Words("Số định danh cá nhân", "Personal identification number"),
    "birth_date": Words("Ngày sinh", "Date of birth"),
    "sex": Words("Giới tính", "Sex"),
}
YES, NO = Words("Có", "Yes"), Words("Không", "No")
SEXES: Mapping[str, Words] = {"female": Words("Nữ", "Female"), "male": Words("Nam", "Male")}
EXAMPLE = Words("ví dụ:", "for example:")


def label_at(field: Field, at: str) -> Words:
    """Return the label of ``field`` or ``field.part``, which names the part and the field."""
    part = at.partition(".")[2]
    if part not in PART_LABELS:
        return field.label
    own, whole = PART_LABELS[part], field.label
    if field.kind is Kind.ADDRESS:
        return Words(f"{own.vi} ({in_sentence(whole.vi)})", f"{own.en} ({in_sentence(whole.en)})")
    return Words(f"{own.vi}: {in_sentence(whole.vi)}", f"{own.en}: {in_sentence(whole.en)}")


def in_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: small first letter, unless an abbreviation."""
    first = label.split(maxsplit=1)[0] if label.split() else ""
    return label if first[1:] != first[1:].lower() else label[:1].lower() + label[1:]
