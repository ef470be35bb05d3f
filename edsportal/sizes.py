"""Sizes of files in words. Pure."""


def size_words(size: int) -> str:
    """A number of bytes as people read it: "900 bytes", "24 KB", "1.5 MB"."""
    if size < 1024:
        return f"{size} byte{'' if size == 1 else 's'}"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / 1024 / 1024:.1f}".removesuffix(".0") + " MB"
