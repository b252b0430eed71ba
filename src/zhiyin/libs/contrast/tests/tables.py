"""Tables with a cause planted in them, or with none."""

import numpy as np

from zhiyin.libs import contrast

FLAVOURS, SHOPS = ["香草", "巧克力", "草莓"], ["东", "西", "北", "南"]
CAUSES = {"number": "时长", "category": "口味", "yesno": "下雨"}


def conditions(rng, rows):
    """Six columns of which none has to do with any other: two numbers, two categories, two of yes and no."""
    return {
        "时长": rng.gamma(4, 3, rows).round(1).tolist(),
        "里程": rng.integers(1, 200, rows).tolist(),
        "口味": rng.choice(FLAVOURS, rows, p=[0.4, 0.3, 0.3]).tolist(),
        "门店": rng.choice(SHOPS, rows).tolist(),
        "下雨": rng.choice(["是", "否"], rows).tolist(),
        "会员": rng.choice(["是", "否"], rows, p=[0.3, 0.7]).tolist(),
    }


def met(cells, cause):
    """Where the planted cause is present; (rows,) of bool."""
    values = np.array(cells[CAUSES[cause]])
    if cause == "number":
        return values < np.quantile(values, 0.45)
    return values == ("香草" if cause == "category" else "是")


def planted(rng, rows, cause, noise):
    """A table in which it fails where the cause is present, but for a share `noise` of the rows."""
    cells = conditions(rng, rows)
    failed = met(cells, cause) ^ (rng.random(rows) < noise)
    return contrast.facts({**cells, "失败": failed.tolist()}, outcome="失败")
