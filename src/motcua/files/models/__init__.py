from motcua.files.models.papers import Content, Paper, Thumbnail  # noqa: F401
from motcua.files.models.uploads import Part, Upload  # noqa: F401
