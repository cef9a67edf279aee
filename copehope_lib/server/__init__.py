"""The server: started confined to one folder, which holds one audience's extract."""

import sys

# jsonschema would build a grammar of international addresses, for 1.4 seconds of each start: the
# server checks no such address.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
