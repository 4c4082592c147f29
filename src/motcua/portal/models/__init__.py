from motcua.portal.models.exports import Export, Piece

__all__ = ["Export", "Piece"]
