"""Makes the reference rows and numbers of tests/core/projection, in a virtual environment with
    pip install numpy scikit-learn umap-learn
Writes rows.npy (1,000 x 16, float32: a swiss roll, two interlocked rings, eight blobs, turned at random),
scores.npy (numpy's SVD of the centred rows: the first two scores, float32) and prints the trustworthiness
that umap-learn reaches with PCA initialisation, and again for the same rows shifted in an aligned pair."""

import numpy as np
import sklearn
import umap
from sklearn.manifold import trustworthiness

rng = np.random.default_rng(2026)


def swiss_roll(n):
    t = 1.5 * np.pi * (1 + 2 * rng.random(n))
    return np.c_[t * np.cos(t), 20 * rng.random(n), t * np.sin(t)] / 3


def ring(n, axes, shift):
    t = 2 * np.pi * rng.random(n)
    rows = np.zeros((n, 3))
    rows[:, axes[0]], rows[:, axes[1]] = 4 * np.cos(t), 4 * np.sin(t)
    rows[:, axes[0]] += shift
    return rows + 0.1 * rng.standard_normal((n, 3))


parts = []
for place, points in ((0, swiss_roll(400)), (3, ring(100, (0, 1), 0)), (3, ring(100, (0, 2), 4))):
    rows = 0.15 * rng.standard_normal((len(points), 16))
    rows[:, place:place + 3] += points
    rows[:, 12] += 10 if place else 0
    parts.append(rows)
for centre in 6 * rng.standard_normal((8, 16)):
    parts.append(centre + rng.standard_normal((50, 16)) * rng.uniform(0.3, 1.5, 16))
turn = np.linalg.qr(rng.standard_normal((16, 16)))[0]
rows = (np.concatenate(parts) @ turn + 3).astype(np.float32)
rows = rows[rng.permutation(len(rows))]
np.save("rows.npy", rows)

centred = rows.astype(np.float64) - rows.astype(np.float64).mean(axis=0)
u, s, vt = np.linalg.svd(centred, full_matrices=False)
np.save("scores.npy", (u[:, :2] * s[:2]).astype(np.float32))
print("variances", s[:2] ** 2 / (len(rows) - 1), "total", (s ** 2).sum() / (len(rows) - 1))

print("numpy", np.__version__, "scikit-learn", sklearn.__version__, "umap-learn", umap.__version__)
for seed in (1, 2, 3):
    places = umap.UMAP(init="pca", random_state=seed).fit_transform(rows)
    print("trustworthiness of umap-learn, seed", seed, trustworthiness(rows, places, n_neighbors=15))
print("trustworthiness of principal components", trustworthiness(rows, u[:, :2] * s[:2], n_neighbors=15))
