"""The procedures the State offers and their service packs: what to bring, pay and expect."""
