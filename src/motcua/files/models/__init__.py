from motcua.files.models.papers import Content, Paper, Thumbnail  # noqa: F401
