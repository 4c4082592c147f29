from motcua.studio.models.drafts import Change, Draft

__all__ = ["Change", "Draft"]
