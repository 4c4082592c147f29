"""Settings of the registers' own process: it speaks for their owners, and shows no pages."""

from motcua.config.settings import *  # noqa: F403
from motcua.config.settings import EXCHANGE_MEMBERS as ASKERS
from motcua.config.settings import REGISTERS

EXCHANGE_MEMBERS = tuple(dict.fromkeys(REGISTERS.values())) or ASKERS
ROOT_URLCONF = "motcua.config.registrar_urls"
