# /// script
# requires-python = ">=3.11"
# dependencies = ["pycanon==1.3.6", "pandas<3"]
# ///
"""pyCANON's measures of many tables: JSON in, JSON out, in an environment of its own."""

import json
import sys


def main() -> None:
    # Tests are collected where it is not installed.
    import pandas as pd
    from pycanon import anonymity

    found = []
    for case in json.load(sys.stdin):
        # It leaves out a missing value, so that one gets a name.
        rows = pd.DataFrame(case["rows"]).fillna("(missing)").astype(str)
        about = rows, case["quasi"], case["sensitive"]
        found.append(
            {
                "k": int(anonymity.k_anonymity(*about[:2])),
                "l": int(anonymity.l_diversity(*about)),
                "t": round(float(anonymity.t_closeness(*about)), 12),
            }
        )
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
