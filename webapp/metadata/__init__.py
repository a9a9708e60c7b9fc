"""Alt text inside picture files: the IPTC property "Alt Text (Accessibility)", in XMP. Captions and credits are not it.

Nothing here knows Django, decodes a pixel or trusts a file.
"""
