"""Makes neurox_h5py.hdf5 as NeuroX's writer does, with h5py 3.16.0: python3 make_neurox_hdf5.py"""
import json
import h5py
import numpy as np

sentences = ["the größe |", "a", "the größe |"]
index = {}
with h5py.File("neurox_h5py.hdf5", "w") as file:
    for number, sentence in enumerate(sentences):
        words = len(sentence.split(" "))
        # value = sentence + layer / 4 + word / 16 + column / 64: exact in float16
        values = np.array([[[number + layer / 4 + word / 16 + column / 64 for column in range(3)]
                            for word in range(words)] for layer in range(2)])
        file.create_dataset(str(number), values.shape, dtype="float16" if number == 1 else "float32", data=values)
        key = sentence if sentence not in index else sentence + " (Occurrence 2)"
        index[key] = str(number)
    text = file.create_dataset("sentence_to_index", (1,), dtype=h5py.special_dtype(vlen=str))
    text[0] = json.dumps(index)
