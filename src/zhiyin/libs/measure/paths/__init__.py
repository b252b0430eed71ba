"""Path models by partial least squares: what drives satisfaction, and what satisfaction drives.

from zhiyin.libs.measure import paths
fitted = paths.path_model(rows, names)                          # the European index (ECSI), centroid scheme
fitted.path("Satisfaction", "Loyalty")                          # Estimate(value=0.48, low=0.31, high=0.63, …)
paths.path_model(rows, names, paths.Model(blocks={"Image": ["q1", "q2"], …}, paths=[("Image", "Loyalty"), …]))
"""

from zhiyin.libs.measure.paths.estimation import path_model
from zhiyin.libs.measure.paths.model import ECSI, Model, ecsi
from zhiyin.libs.measure.paths.results import Bootstrap, Construct, Effect, Indicator, Path, PathModel

__all__ = [
    "ECSI",
    "Bootstrap",
    "Construct",
    "Effect",
    "Indicator",
    "Model",
    "Path",
    "PathModel",
    "ecsi",
    "path_model",
]
