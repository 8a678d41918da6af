"""Block capitals drawn as strokes, for the one word the textures need; no font file is used."""
import numpy as np

# Strokes on a 4 x 6 grid, y upwards.
STROKES = {
    'P': [((0, 0), (0, 6)), ((0, 6), (3, 6)), ((3, 6), (4, 5)), ((4, 5), (4, 4)), ((4, 4), (3, 3)), ((3, 3), (0, 3))],
    'O': [((0, 1), (0, 5)), ((0, 5), (1, 6)), ((1, 6), (3, 6)), ((3, 6), (4, 5)), ((4, 5), (4, 1)), ((4, 1), (3, 0)), ((3, 0), (1, 0)), ((1, 0), (0, 1))],
    'L': [((0, 6), (0, 0)), ((0, 0), (4, 0))],
    'I': [((2, 0), (2, 6))],
    'C': [((4, 5), (3, 6)), ((3, 6), (1, 6)), ((1, 6), (0, 5)), ((0, 5), (0, 1)), ((0, 1), (1, 0)), ((1, 0), (3, 0)), ((3, 0), (4, 1))],
    'E': [((4, 6), (0, 6)), ((0, 6), (0, 0)), ((0, 0), (4, 0)), ((0, 3), (3, 3))],
    '1': [((1, 5), (2, 6)), ((2, 6), (2, 0)), ((1, 0), (3, 0))],
    '4': [((3, 0), (3, 6)), ((3, 6), (0, 2)), ((0, 2), (4, 2))],
}
WIDE = {'I': (1, 3), '1': (1, 3)}


def word(text, u, v, weight=.55):
    """How much ink lies at (u, v), where the word fills 0..1 in both directions. Arrays in, array out."""
    cells, x = [], 0.
    for letter in text:
        low, high = WIDE.get(letter, (0, 4))
        cells.append((letter, x - low))
        x += high - low + 1.7
    total = x - 1.7
    px, py = u * (total + 1.2) - .6, v * 7.2 - .6
    best = np.full(np.shape(u), 9.)
    for letter, offset in cells:
        for (ax, ay), (bx, by) in STROKES[letter]:
            ax, bx = ax + offset, bx + offset
            dx, dy = bx - ax, by - ay
            t = np.clip(((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy), 0, 1)
            best = np.minimum(best, np.hypot(px - ax - t * dx, py - ay - t * dy))
    return np.clip((weight + .15 - best) / .3, 0, 1)
