from motcua.files.models.papers import Content, PagePicture, Paper, Thumbnail  # noqa: F401
from motcua.files.models.uploads import Part, Upload  # noqa: F401
