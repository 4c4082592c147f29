"""Phone numbers: as they are kept (E.164) and as people read them."""

import phonenumbers


def e164(text: str) -> str | None:
    """Return a real phone number in E.164 (``+84912345678``), or None if it is not one."""
    try:
        number = phonenumbers.parse(text, "VN")
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(value: str) -> str:
    """Return a phone number as people read it; what is not a number stays as it is."""
    if e164(value) != value:
        return value
    number = phonenumbers.parse(value)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(
        number, form.NATIONAL if number.country_code == 84 else form.INTERNATIONAL
    )
