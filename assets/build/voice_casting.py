"""Who sounds how: one voice for every member of a cast, the speed and melody of a mood, and words that are said
otherwise than they are written.

A voice is a blend of the model's British voices, then shifted: `pitch` moves the melody, `throat` the resonances of the
throat (above 1 shorter: younger, smaller), `range` widens or flattens the melody, `speed` is how fast somebody talks.
"""

# scenario -> cast id -> voice. Somebody who comes back in another scenario keeps the voice.
OFFICER_OSEI = dict(blend={'bm_lewis': .7, 'bm_george': .3}, pitch=.96, throat=.98)
CONTROL = dict(blend={'bf_lily': 1}, radio=True, speed=1.04)
CASTS = {
    'footbridge': {
        'dana': dict(blend={'bf_emma': 1}),
        'priya': dict(blend={'bf_isabella': 1}, pitch=1.03, speed=1.04),
        'tom': dict(blend={'bm_lewis': 1}),
        'grace': dict(blend={'bf_alice': .6, 'bf_emma': .4}, pitch=.92, throat=.97),
        'control': CONTROL,
    },
    'number-14': {
        'nikhil': dict(blend={'bm_daniel': .6, 'bm_fable': .4}, pitch=1.05, throat=1.03),
        'sunita': dict(blend={'bf_alice': .5, 'bf_isabella': .5}, pitch=.93, throat=.97, speed=.97),
        'daniel': OFFICER_OSEI,
        'pryce': dict(blend={'bm_george': 1}, pitch=.95, throat=.98, range=.9, speed=.92),
        'bex': dict(blend={'bf_lily': .5, 'bf_emma': .5}, speed=1.05),
        'control': CONTROL,
        'jo': dict(blend={'bf_emma': .5, 'bf_alice': .5}, radio=True),
        'helen': dict(blend={'bf_isabella': 1}, pitch=.92, throat=.97, radio=True),
    },
    'chain-on-the-door': {
        'gethin': dict(blend={'bm_george': .5, 'bm_fable': .5}, range=1.1),
        'simone': dict(blend={'bf_isabella': .5, 'bf_emma': .5}, pitch=.97),
        'ellis': dict(blend={'bf_lily': 1}, pitch=1.38, throat=1.2),
        'nia': dict(blend={'bf_emma': .5, 'bf_alice': .5}, pitch=1.15, throat=1.1, speed=1.03),
        'pugh': dict(blend={'bm_daniel': .5, 'bm_george': .5}, pitch=.97, range=.9, speed=.93),
        'crew': dict(blend={'bf_alice': 1}, speed=1.03),
        'osei': OFFICER_OSEI,
        'control': CONTROL,
    },
}

# mood -> speed, pitch, range of the melody, loudness in decibels
MOODS = {
    '': (1, 1, 1, 0), 'Neutral': (1, 1, 1, 0), 'Calm': (.95, .99, .95, -.5), 'Frightened': (1.07, 1.05, 1.12, 0),
    'Angry': (1.07, 1.04, 1.22, 2), 'Despairing': (.88, .97, .8, -1.5), 'Sad': (.9, .98, .86, -1), 'Confused': (.93, 1, 1, -.5),
    'Elated': (1.14, 1.06, 1.25, 1), 'Irritable': (1.06, 1.01, 1.12, 1), 'Numb': (.9, .97, .62, -2), 'Suspicious': (.97, .98, .9, -.5),
    'Relieved': (.95, 1, 1, -.5), 'Ashamed': (.9, .97, .8, -2), 'Exhausted': (.86, .95, .74, -2),
}

# word -> phonemes, in the model's alphabet (misaki): names, initials and dialect that the reader gets wrong
SAID = {
    'Priya': 'pɹˈiːjə', 'Adeyemi': 'ˌadəjˈɛmi', 'Nikhil': 'nˈɪkɪl', 'Osei': 'QsˈA', 'Okafor': 'ˈɒkəfɔː', 'Marek': 'mˈaɹɛk',
    'Sunita': 'sʊnˈiːtə', 'Simone': 'sɪmˈQn', 'SIMONE': 'sɪmˈQn', 'Ellis': 'ˈɛlɪs', 'Nia': 'nˈiːə', 'Pugh': 'pjˈuː', 'Barry': 'bˈaɹi',
    'Brynhyfryd': 'bɹɪnhˈʌvɹɪd', 'Heol': 'hˈAɒl', 'Mair': 'mˈIə', 'Fach': 'vˈɑːx', 'fach': 'vˈɑːx', 'bach': 'bˈɑːx', 'cariad': 'kˈaɹjad',
    'AMHP': 'ˈamp', 'AMHPs': 'ˈamps', 'TM31': 'tˈaŋɡQ mˈIk θɹˈiː wˈʌn', 'TM22': 'tˈaŋɡQ mˈIk tˈuː tˈuː',
    '136': 'wˈʌn θɹˈiː sˈɪks', '135': 'wˈʌn θɹˈiː fˈIv', '111': 'wˈʌn wˈʌn wˈʌn', '999': 'nˈIn nˈIn nˈIn', '18:04': 'AtˈiːnˌQfˈɔː',
}

# line -> speed: said again, more slowly, because a recogniser took it for something else
AGAIN = {
    'Me? Ring who?': .85, 'Sir! Hands, sir! Look, ten, all present!': .88, 'Is this funny? Am I the turn tonight?': .88,
    'Mm. In a minute.': .88, '... Right. Well. Ta.': .85, 'What am I, a stray?': .85, "No. I'm not, am I.": .88, 'People like what?': .88,
    'Ah, but who writes the warnings?': .88, 'I told you. I caught the worktop.': .9,
    "Nikhil. Nikhil, there's cars.": .9,
    "Tea. God, she's had no tea. Nia! Nia, cariad! Your mam's out here!": .9,
}
