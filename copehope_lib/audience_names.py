"""The register of audiences, from most to least detail; the rules of each are in privacy."""

from typing import Literal

AudienceName = Literal["supervision", "team", "partner"]
