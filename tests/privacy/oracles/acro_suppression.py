# /// script
# requires-python = ">=3.11"
# dependencies = ["acro==1.0.2", "pandas<3"]
# ///
"""What ACRO would hide of many tables: JSON in, JSON out, in an environment of its own."""

import json
import logging
import sys


def main() -> None:
    # Tests are collected where it is not installed.
    import acro
    import pandas as pd

    logging.disable()
    session = acro.ACRO(suppress=False)
    found = []
    for case in json.load(sys.stdin):
        rows = pd.DataFrame(case["rows"])
        session.config["safe_threshold"] = case["minimum"]
        session.config["safe_pratio_p"] = case["share"]
        table = session.crosstab(rows["row"], rows["column"], values=rows["part"], aggfunc="sum")
        cells = session.results.get_index(-1).sdc["cells"]
        found.append(
            {
                check: [[table.index[at], table.columns[on]] for at, on in cells[check]]
                for check in ("MinimumThresholdCheck", "PPercentCheck")
            }
        )
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
