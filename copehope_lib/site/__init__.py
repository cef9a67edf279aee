"""Reading pages without a kernel: what a dashboard notebook draws, as files that a browser draws.

:mod:`copehope_lib.site.draw` draws a page of a month once, :mod:`copehope_lib.site.shell` puts it
into its frame, and ``page.js`` shows it. A server hands both out, and ``copehope site`` writes them
into a folder.
"""
