"""Procedural body-language clips -> glTF animations. Joints have identity rest rotation (world-aligned axes:
+X = character's left, +Y up, +Z forward), so every rotation below is about model axes."""
import numpy as np
FPS = 10

# ---- quaternion helpers (x,y,z,w)
def qn(q): return q / (q @ q) ** .5
def qmul(a, b):
    x1, y1, z1, w1 = a; x2, y2, z2, w2 = b
    return np.array([w1*x2+x1*w2+y1*z2-z1*y2, w1*y2-x1*z2+y1*w2+z1*x2, w1*z2+x1*y2-y1*x2+z1*w2, w1*w2-x1*x2-y1*y2-z1*z2])
def qconj(q): return np.array([-q[0], -q[1], -q[2], q[3]])
def qaxis(ax, deg):
    ax = norm(np.asarray(ax, float)); h = np.radians(deg) / 2
    return np.array([*(ax * np.sin(h)), np.cos(h)])
def euler(x=0, y=0, z=0): return qmul(qaxis([0, 1, 0], y), qmul(qaxis([1, 0, 0], x), qaxis([0, 0, 1], z)))
def cross(a, b):
    ax, ay, az = a; bx, by, bz = b
    return np.array([ay*bz - az*by, az*bx - ax*bz, ax*by - ay*bx])
def qrot(q, v):
    x, y, z, w = q; a, b, c = v
    s, t, u = y*c - z*b + w*a, z*a - x*c + w*b, x*b - y*a + w*c
    return np.array([a + 2*(y*u - z*t), b + 2*(z*s - x*u), c + 2*(x*t - y*s)])
def qmat(m):
    t = np.trace(m)
    if t > 0:
        s = np.sqrt(t + 1) * 2; q = [(m[2,1]-m[1,2])/s, (m[0,2]-m[2,0])/s, (m[1,0]-m[0,1])/s, s/4]
    else:
        i = np.argmax(np.diag(m)); j, k = (i+1) % 3, (i+2) % 3
        s = np.sqrt(1 + m[i,i] - m[j,j] - m[k,k]) * 2; q = [0]*4
        q[i] = s/4; q[j] = (m[j,i]+m[i,j])/s; q[k] = (m[k,i]+m[i,k])/s; q[3] = (m[k,j]-m[j,k])/s
    return qn(np.array(q))
def norm(v): return v / ((v @ v) ** .5 + 1e-12)
def frame(d, h):
    d = norm(d); h = norm(h - d * (h @ d)); return np.stack([d, h, cross(d, h)], 1)

class Solver:
    def __init__(s, rig, J, tails):
        s.rig, s.J, s.T = rig, J, tails
        s.par = rig.parent; s.names = rig.names
        s.off = {n: J[n] - J[s.par[n]] if s.par[n] else J[n] for n in s.names}
        s.H, s.held = J['head'][1], {}
        s.limbs = [n for n in rig.names if n[:4] not in ('thum', 'inde', 'midd', 'ring', 'pink')]
        s.arm = {}
        for sd in 'lr':
            u = J[f'lowerarm_{sd}'] - J[f'upperarm_{sd}']; f = J[f'hand_{sd}'] - J[f'lowerarm_{sd}']
            hinge = cross(norm(u), norm(f)); 
            if np.linalg.norm(hinge) < .03: hinge = np.array([1., 0, 0])
            hinge = norm(hinge)
            fing = norm(J[f'middle_01_{sd}'] - J[f'hand_{sd}'])
            across = norm(J[f'index_01_{sd}'] - J[f'pinky_01_{sd}'])
            palm = norm(cross(fing, across)) * (1 if sd == 'l' else -1)   # checked below
            s.arm[sd] = dict(across=norm(across - fing * (across @ fing)), u=u, f=f, hinge=hinge, fing=fing, palm=palm, lu=np.linalg.norm(u), lf=np.linalg.norm(f))
        s.leg = {}
        for sd in 'lr':
            u = J[f'calf_{sd}'] - J[f'thigh_{sd}']; f = J[f'foot_{sd}'] - J[f'calf_{sd}']
            s.leg[sd] = dict(u=u, f=f, hinge=np.array([1., 0, 0]), lu=np.linalg.norm(u), lf=np.linalg.norm(f))

    def fk(s, L, names):
        G, P, still = {}, {}, np.array([0, 0, 0, 1.])
        for n in names:
            p, q = s.par[n], L.get(n)
            if p is None: G[n] = still if q is None else q; P[n] = s.off[n]
            else: G[n] = G[p] if q is None else qmul(G[p], q); P[n] = P[p] + qrot(G[p], s.off[n])
        return G, P

    def moves(s, clip, t):
        """A pose of a clip as a rotation matrix and a shift for every bone."""
        L, pt = s.solve(clip(t, 6.))
        G, P = s.fk(L, s.names)
        turn = np.array([np.stack([qrot(G[n], e) for e in np.eye(3)], 1) for n in s.names])
        return turn, np.array([P[n] + (pt if s.par[n] else 0) - R @ s.J[n] for n, R in zip(s.names, turn)])

    def ik(s, ch, A, target, pole):
        """two-bone; A: start pos. returns desired dirs and hinge"""
        d = target - A; L = np.linalg.norm(d); L = np.clip(L, abs(ch['lu'] - ch['lf']) + .01, (ch['lu'] + ch['lf']) * .999); d = norm(d)
        ca = (ch['lu']**2 + L**2 - ch['lf']**2) / (2 * ch['lu'] * L); a = np.arccos(np.clip(ca, -1, 1))
        pv = norm(pole - d * (pole @ d))
        ud = d * np.cos(a) + pv * np.sin(a)
        E = A + ud * ch['lu']; fd = norm(A + d * L - E)
        return ud, fd

    def solve(s, c):
        """c: dict of controls -> (local quats, pelvis translation delta)"""
        L = {}
        for n in ('pelvis', 'spine_01', 'spine_02', 'spine_03', 'neck_01', 'head', 'clavicle_l', 'clavicle_r', 'eye_l', 'eye_r'):
            if n in c: L[n] = euler(*c[n])
        pt = np.array(c.get('pelvis_t', (0, 0, 0)), float) * s.H
        turn = qaxis([0, 1, 0], c.get('turn', 0))
        L['pelvis'] = qmul(turn, L.get('pelvis', np.array([0, 0, 0, 1.])))
        off0 = s.off['pelvis']; s.off['pelvis'] = off0 + pt
        G, P = s.fk(L, s.limbs)
        def setg(n, q): L[n] = qmul(qconj(G[s.par[n]]), q)
        for sd in 'lr':       # legs: foot targets (model space, relative to rest foot), unless thigh given
            ch = s.leg[sd]; tgt = s.J[f'foot_{sd}'] + (np.array(c.get(f'foot_{sd}', (0, 0, 0))) + np.array([(-.028 if sd == 'l' else .028) * c.get('narrow', 1), 0, 0])) * s.H
            pole = qrot(turn, np.array(c.get(f'knee_{sd}', (.12 if sd == 'l' else -.12, 0, 1)), float))
            tgt = qrot(turn, tgt)
            A = P[f'thigh_{sd}']
            ud, fd = s.ik(ch, A, tgt, pole)
            # rest knees are almost straight: use forward pole as frame ref
            ref0 = np.array([0, 0, 1.])
            R1 = frame(ud, pole) @ frame(ch['u'], ref0).T; R2 = frame(fd, pole) @ frame(ch['f'], ref0).T
            G[f'thigh_{sd}'] = qmat(R1); setg(f'thigh_{sd}', G[f'thigh_{sd}'])
            G[f'calf_{sd}'] = qmat(R2); setg(f'calf_{sd}', G[f'calf_{sd}'])
            fr = qmul(turn, euler(*c.get(f'footrot_{sd}', (0, 5 if sd == 'l' else -5, 0))))
            setg(f'foot_{sd}', fr); G[f'foot_{sd}'] = fr
        G, P = s.fk(L, s.limbs)
        for sd in 'lr':
            sg = 1 if sd == 'l' else -1; ch = s.arm[sd]
            spec = c.get(f'hand_{sd}', ('chest', (.33, -.42, .06)))
            sp, o = spec[0], np.array(spec[1], float) * s.H
            if sp == 'model': tgt = np.array([o[0] * sg, o[1], o[2]])
            elif sp == 'pelvis0': tgt = s.J['pelvis'] + np.array([o[0] * sg, o[1], o[2]])
            else:
                ref = {'chest': 'spine_03', 'head': 'head', 'pelvis': 'pelvis', 'knee': f'calf_{sd}', 'oknee': 'calf_' + ('r' if sd == 'l' else 'l')}[sp]
                gq = G[ref] if sp not in ('knee', 'oknee') else np.array([0, 0, 0, 1.])
                if sp == 'chest': tgt = P['neck_01'] + qrot(G['spine_03'], np.array([o[0] * sg, o[1], o[2]]))
                else: tgt = P[ref] + qrot(gq, np.array([o[0] * sg, o[1], o[2]]))
            pole = np.array(c.get(f'elbow_{sd}', (.5, -.6, -.6)), float); pole[0] *= sg
            pole = qrot(G['spine_03'], pole)
            A = P[f'upperarm_{sd}']
            ud, fd = s.ik(ch, A, tgt, pole)
            hinge_t = cross(ud, fd)
            if np.linalg.norm(hinge_t) < .02: hinge_t = cross(ud, pole) * -1
            hinge_t = norm(hinge_t)
            Gu = qmat(frame(ud, hinge_t) @ frame(ch['u'], ch['hinge']).T)
            Gf = qmat(frame(fd, hinge_t) @ frame(ch['f'], ch['hinge']).T)
            # hand orientation
            if f'palm_{sd}' in c:
                pd = np.array(c[f'palm_{sd}'], float); pd[0] *= sg
                fdn = np.array(c.get(f'fing_{sd}', None) if c.get(f'fing_{sd}') is not None else (0, 0, 0), float); fdn[0] *= sg
                fr = c.get(f'handframe_{sd}', 'chest'); gq = {'chest': G['spine_03'], 'head': G['head'], 'model': np.array([0, 0, 0, 1.])}[fr]
                pd = qrot(gq, pd); fdn = qrot(gq, fdn) if np.linalg.norm(fdn) > 0 else fd
                Gh = qmat(frame(fdn, pd) @ frame(ch['fing'], ch['palm']).T)
                # distribute twist to forearm
                rel = qmul(qconj(Gf), Gh); ax = norm(ch['f']); tw = 2 * np.degrees(np.arctan2(rel[:3] @ ax, rel[3]))
                tw = (tw + 180) % 360 - 180; k = np.clip(tw * .65, -75, 75)
                Gf2 = qmul(Gf, qaxis(ax, k))
            else:
                Gf2 = Gf; Gh = Gf
                hr = euler(*c.get(f'wrist_{sd}', (0, 0, 0))); Gh = qmul(Gf, hr)
            G[f'upperarm_{sd}'] = Gu; setg(f'upperarm_{sd}', Gu)
            G[f'lowerarm_{sd}'] = Gf2; setg(f'lowerarm_{sd}', Gf2)
            G[f'hand_{sd}'] = Gh; setg(f'hand_{sd}', Gh)
            key = (sd, *(c.get(f'{k}_{sd}') for k in ('curl', 'spread', 'index', 'thumb')))
            if key not in s.held: s.held[key] = s.fingers(c, sd, ch)
            L.update(s.held[key])
        s.off['pelvis'] = off0
        return L, pt


    def fingers(s, c, sd, ch):
        """Fingers bend towards the palm and close up as they bend; the thumb lies along the hand, and over the fingers of a fist."""
        L, curl, spread = {}, c.get(f'curl_{sd}', 20), c.get(f'spread_{sd}', 0)
        ax = norm(cross(ch['fing'], ch['palm']))
        together = norm(cross(ch['across'], ch['fing']))         # from the thumb's side towards the fingers' direction
        fist = np.clip((curl - 35) / 35, 0, 1)
        for fi, fn in enumerate(('index', 'middle', 'ring', 'pinky')):
            d = norm(s.J[f'{fn}_02_{sd}'] - s.J[f'{fn}_01_{sd}'])
            fan = np.degrees(np.arctan2(d @ ch['across'], d @ ch['fing']))
            bend = c.get(f'index_{sd}', curl) if fn == 'index' else curl
            for k in (1, 2, 3):
                q = qaxis(ax, bend * ((.62 + .3 * fist) if k == 1 else 1. if k == 2 else .75) * (1 + .07 * fi))
                if k == 1: q = qmul(q, qaxis(together, fan * (.35 + .5 * fist) - spread * (1.5 - fi) * .6))
                L[f'{fn}_0{k}_{sd}'] = q
        d = norm(s.J[f'thumb_02_{sd}'] - s.J[f'thumb_01_{sd}'])
        in_, over = c.get(f'thumb_{sd}', 20 + .3 * min(curl, 40)), norm(cross(d, -ch['across']))
        L[f'thumb_01_{sd}'] = qmul(qaxis(cross(d, ch['fing']), in_), qaxis(over, 26 * fist))
        for k in (2, 3): L[f'thumb_0{k}_{sd}'] = qaxis(over, .25 * min(curl, 40) + 30 * fist)
        return L

def W(t, T, k=1, ph=0): return np.sin(2 * np.pi * (k * t / T + ph))
def ease(x): x = np.clip(x, 0, 1); return x * x * (3 - 2 * x)

def breath(c, t, T, k, amp=1.):
    b = W(t, T, k)
    add(c, 'spine_02', (-.8 * amp * b, 0, 0)); add(c, 'spine_03', (-1.3 * amp * b, 0, 0)); add(c, 'neck_01', (1. * amp * b, 0, 0))
    add(c, 'clavicle_l', (0, 0, 1.4 * amp * b)); add(c, 'clavicle_r', (0, 0, -1.4 * amp * b)); return c
def add(c, n, e): c[n] = tuple(np.array(c.get(n, (0, 0, 0)), float) + np.array(e))

def relaxed():
    return dict(hand_l=('chest', (.185, -.395, .055)), hand_r=('chest', (.185, -.395, .055)), elbow_l=(.35, 0, -1), elbow_r=(.35, 0, -1),
                palm_l=(-1, 0, .15), palm_r=(-1, 0, .15), fing_l=(.02, -1, .12), fing_r=(.02, -1, .12), curl_l=22, curl_r=22)

def idle_calm(t, T):
    c = relaxed(); s = W(t, T, 1)
    c.update(pelvis=(0, 1.5 * s, 1.2 * s), pelvis_t=(.008 * s, -.006, 0), spine_01=(1, 0, -.8 * s), head=(1.5 * W(t, T, 2, .2), 3 * W(t, T, 1, .3), 1 * s))
    return breath(c, t, T, 2)
def idle_anxious(t, T):
    c = relaxed(); f = W(t, T, 6)
    c.update(spine_01=(6, 0, 0), spine_02=(6, 0, 0), spine_03=(8, 2 * W(t, T), 0), neck_01=(6, 0, 0), head=(8 + 2 * W(t, T, 2), 9 * W(t, T, 1, .1), 0), pelvis_t=(.008 * W(t, T), -.008, 0),
             clavicle_l=(0, 0, 5), clavicle_r=(0, 0, -5),
             hand_l=('chest', (.02 + .006 * f, -.235 + .006 * W(t, T, 5), .215)), hand_r=('chest', (.03 - .006 * f, -.245, .195)), elbow_l=(.8, -.5, -.4), elbow_r=(.8, -.5, -.4),
             palm_l=(-.3, -.3, -1), fing_l=(-1, -.35, 0.2), palm_r=(-.3, .2, -1), fing_r=(-1, -.2, .2), curl_l=38 + 12 * f, curl_r=34 - 10 * f)
    return breath(c, t, T, 3, 1.5)
def arms_crossed(t, T):
    c = relaxed()
    c.update(spine_02=(-2, 0, 0), head=(-2, 6 * W(t, T, 1, .2), 2), pelvis=(0, 3, 1.5), pelvis_t=(.012 + .004 * W(t, T), -.008, 0),
             hand_l=('chest', (-.034, -.185, .145)), hand_r=('chest', (-.026, -.203, .178)), elbow_l=(.75, -1, -.25), elbow_r=(.75, -1, -.25),
             palm_l=(-.30, .1, -.95), fing_l=(-1, .20, -.25), palm_r=(-.15, .1, -1), fing_r=(-1, .38, -.10), curl_l=34, curl_r=24)
    return breath(c, t, T, 2)
def open_palms(t, T):
    c = relaxed(); s = W(t, T, 1); b = W(t, T, 2)
    c.update(spine_02=(1, 0, 0), head=(1 + 2 * b, 3 * s, 3 * s), pelvis_t=(.006 * s, -.005, 0),
             hand_l=('chest', (.165 + .012 * b, -.225 + .012 * b, .225)), hand_r=('chest', (.165 + .012 * b, -.225 + .012 * b, .225)), elbow_l=(.55, -.8, -.35), elbow_r=(.55, -.8, -.35),
             palm_l=(-.15, 1, .25), palm_r=(-.15, 1, .25), fing_l=(.3, .1, 1), fing_r=(.3, .1, 1), curl_l=10, curl_r=10, spread_l=5, spread_r=5)
    return breath(c, t, T, 2)
def agitated(t, T):
    c = relaxed(); a = W(t, T, 2); b = W(t, T, 2, .3); s = W(t, T, 1)
    c.update(pelvis=(0, 10 * s, 2 * s), spine_01=(4, 5 * s, 0), spine_02=(4, 6 * s, -2 * s), spine_03=(3, 6 * s, 0), neck_01=(-2, -8 * s, 0), head=(3 * a, -8 * s + 6 * W(t, T, 3), 4 * a), pelvis_t=(.02 * s, -.012 - .005 * abs(s), .01),
             clavicle_l=(0, 0, 5), clavicle_r=(0, 0, -5),
             hand_l=('chest', (.16 + .05 * a, -.16 + .07 * b, .23 + .04 * a)), hand_r=('chest', (.17 - .05 * b, -.15 + .08 * a, .23 - .05 * b)), elbow_l=(.8, -.6, -.3), elbow_r=(.8, -.6, -.3),
             palm_l=(-.7, .5 + .4 * b, .2), fing_l=(-.1, .45, .9), palm_r=(-.7, .4 - .4 * a, .2), fing_r=(-.1, .5, .9), curl_l=18 + 10 * a, curl_r=18 - 10 * b, spread_l=6, spread_r=6,
             foot_l=(.02, 0, .03), foot_r=(-.02, 0, -.03))
    return breath(c, t, T, 4, 2)
def shouting(t, T):
    c = relaxed(); a = max(0, W(t, T, 2)); s = W(t, T, 1)
    c.update(pelvis=(6, 4 * s, 0), spine_01=(6 + 3 * a, 0, 0), spine_02=(6, 4 * s, 0), spine_03=(2, 4 * s, 0), neck_01=(6 + 6 * a, 0, 0), head=(-12 - 6 * a, -4 * s, 3 * s), pelvis_t=(0, -.02, .02 + .012 * a),
             clavicle_l=(0, 0, 7), clavicle_r=(0, 0, -7),
             hand_r=('chest', (.09, -.08 + .06 * a, .32 + .05 * a)), elbow_r=(.7, -.7, -.2), palm_r=(-1, -.2, 0), fing_r=(-.1, .15, 1), curl_r=62 - 22 * a,
             hand_l=('chest', (.26 + .03 * a, -.26, .16 + .06 * a)), elbow_l=(.8, -.3, -.7), palm_l=(.1, .9, .3), fing_l=(.35, .05, .9), curl_l=24, spread_l=8,
             foot_l=(.02, 0, .07), foot_r=(-.02, 0, -.05))
    return breath(c, t, T, 3, 2)
def hands_to_head(t, T):
    c = relaxed(); s = W(t, T, 2)
    c.update(pelvis=(4, 0, 0), spine_01=(8 + 1.5 * s, 0, 0), spine_02=(9 + 1.5 * s, 0, 0), spine_03=(9, 0, 0), neck_01=(12, 0, 0), head=(14 + 3 * s, 3 * W(t, T, 1), 0), pelvis_t=(0, -.02, -.012),
             clavicle_l=(0, 0, 12), clavicle_r=(0, 0, -12),
             hand_l=('head', (.088, .052, .045)), hand_r=('head', (.088, .052, .045)), elbow_l=(.9, .25, .55), elbow_r=(.9, .25, .55),
             handframe_l='head', handframe_r='head', palm_l=(-1, -.25, -.1), fing_l=(-.30, .75, -.55), palm_r=(-1, -.25, -.1), fing_r=(-.30, .75, -.55), curl_l=26, curl_r=26, spread_l=6, spread_r=6)
    return breath(c, t, T, 3, 2)
def hands_up(t, T):
    c = relaxed(); s = W(t, T, 1)
    c.update(pelvis=(-3, 0, 0), spine_01=(-3, 0, 0), spine_02=(-3, 3 * s, 0), head=(2, 4 * s, 0), pelvis_t=(0, -.015, -.03), foot_l=(.01, 0, -.05), clavicle_l=(0, 0, 6), clavicle_r=(0, 0, -6),
             hand_l=('chest', (.175, .02, .225 + .008 * s)), hand_r=('chest', (.175, .03, .225 - .008 * s)), elbow_l=(.7, -.8, -.2), elbow_r=(.7, -.8, -.2),
             palm_l=(-.15, .1, 1), fing_l=(.1, 1, .05), palm_r=(-.15, .1, 1), fing_r=(.1, 1, .05), curl_l=9, curl_r=9, spread_l=9, spread_r=9)
    return breath(c, t, T, 3, 1.5)
def fists(t, T):          # not a clip: for the simplification only
    c = relaxed(); c.update(curl_l=80, curl_r=80)
    return c
SEAT = dict(pelvis_t=(0, -.285, -.03), foot_l=(.03, 0, .175), foot_r=(-.03, 0, .175), knee_l=(.22, .3, 1), knee_r=(-.22, .3, 1))
def sit_neutral(t, T):
    c = relaxed(); c.update(SEAT); s = W(t, T, 1)
    c.update(pelvis=(-4, 0, 0), spine_01=(4, 0, 0), spine_02=(5, 0, 0), spine_03=(3, 2 * s, 0), head=(2 * W(t, T, 2), 5 * s, 1),
             hand_l=('knee', (-.045, .055, -.085)), hand_r=('knee', (-.045, .055, -.085)), elbow_l=(.8, -.3, -.6), elbow_r=(.8, -.3, -.6),
             palm_l=(-.1, -1, 0), palm_r=(-.1, -1, 0), fing_l=(-.3, -.1, 1), fing_r=(-.3, -.1, 1), curl_l=16, curl_r=16)
    return breath(c, t, T, 2)
def sit_hunched(t, T):
    c = relaxed(); c.update(SEAT); s = W(t, T, 1)
    c.update(pelvis=(16, 0, 0), spine_01=(14, 0, 0), spine_02=(13, 0, 0), spine_03=(11, 2 * s, 0), neck_01=(10, 0, 0), head=(12 + 2 * s, 3 * s, 0), clavicle_l=(0, 0, 6), clavicle_r=(0, 0, -6),
             hand_l=('knee', (-.085, .02, .045)), hand_r=('knee', (-.075, .0, .06)), elbow_l=(.9, .1, .1), elbow_r=(.9, .1, .1),
             palm_l=(-.6, -.5, -.5), fing_l=(-.8, -.55, .35), palm_r=(-.6, .1, -.6), fing_r=(-.8, -.5, .4), curl_l=34, curl_r=30)
    return breath(c, t, T, 2)
def sit_crying(t, T):
    c = relaxed(); c.update(SEAT); sob = max(0, W(t, T, 5)) * (.4 + .6 * max(0, W(t, T, 1)))
    c.update(pelvis=(17, 0, 0), spine_01=(14 - sob, 0, 0), spine_02=(14 - 2 * sob, 0, 0), spine_03=(13 - 2.5 * sob, 0, 0), neck_01=(13, 0, 0), head=(19 + 3 * sob, 0, 2 * W(t, T, 1)), clavicle_l=(0, 0, 7 + 4 * sob), clavicle_r=(0, 0, -7 - 4 * sob),
             hand_l=('head', (.044, -.040, .098)), hand_r=('head', (.042, -.036, .098)), elbow_l=(.75, -.9, .3), elbow_r=(.75, -.9, .3), handframe_l='head', handframe_r='head',
             palm_l=(-.35, 0, -1), fing_l=(-.16, 1, -.05), palm_r=(-.35, 0, -1), fing_r=(-.16, 1, -.05), curl_l=16, curl_r=16)
    return breath(c, t, T, 5, 2)
def rail_lean(t, T):
    c = relaxed(); s = W(t, T, 1)
    c.update(pelvis=(10, 0, 0), spine_01=(8, 0, 0), spine_02=(8, 3 * s, 0), spine_03=(6, 0, 0), neck_01=(8, 0, 0), head=(8 + 4 * s, 8 * W(t, T, 1, .25), 0), pelvis_t=(0, -.012, -.04), clavicle_l=(0, 0, 9), clavicle_r=(0, 0, -9),
             hand_l=('model', (.2, .77, .26)), hand_r=('model', (.2, .77, .26)), elbow_l=(.9, -.1, -.5), elbow_r=(.9, -.1, -.5), handframe_l='model', handframe_r='model',
             palm_l=(0, -1, -.1), fing_l=(.15, -.25, 1), palm_r=(0, -1, -.1), fing_r=(.15, -.25, 1), curl_l=44, curl_r=44)
    return breath(c, t, T, 3, 1.5)
def pointing(t, T):
    c = relaxed(); a = W(t, T, 2); s = W(t, T, 1)
    c.update(pelvis=(2, -6 + 2 * s, 0), spine_01=(3, -4, 0), spine_02=(3, -6 + 2 * s, 0), spine_03=(2, -4, 0), neck_01=(1, 6, 0), head=(-2, 8 + 3 * s, 2), pelvis_t=(.006 * s, -.008, .008), clavicle_r=(0, 6, -4),
             hand_r=('chest', (.20 + .008 * a, -.045 + .02 * a, .335 + .012 * a)), elbow_r=(.6, -.8, -.2), palm_r=(-.35, -.92, 0), fing_r=(.04, .22, 1), curl_r=74, index_r=-11,
             hand_l=('chest', (.20, -.36, .09)), palm_l=(-.9, .1, .3), curl_l=30, foot_l=(.01, 0, .03), foot_r=(-.01, 0, -.03))
    return breath(c, t, T, 3, 1.5)
def wringing(t, T):
    c = relaxed(); f = W(t, T, 4); g = W(t, T, 4, .25); s = W(t, T, 1)
    c.update(pelvis=(2, 2 * s, 0), spine_01=(5, 0, 0), spine_02=(6, 0, 0), spine_03=(6, 2 * s, 0), neck_01=(5, 0, 0), head=(9 + 2 * s, 6 * W(t, T, 1, .2), 1.5 * s), pelvis_t=(.010 * s, -.008, 0), clavicle_l=(0, 0, 6), clavicle_r=(0, 0, -6),
             hand_l=('chest', (.030 + .010 * f, -.325 + .008 * g, .165 + .006 * f)), hand_r=('chest', (.034 - .010 * f, -.318 - .010 * g, .178)), elbow_l=(.8, -.4, -.5), elbow_r=(.8, -.4, -.5),
             palm_l=(-.75, .35 + .25 * f, -.45), fing_l=(-.75, -.35, .45), palm_r=(-.75, -.25 - .25 * f, -.45), fing_r=(-.75, -.45, .45), curl_l=42 + 10 * g, curl_r=40 - 10 * g)
    return breath(c, t, T, 3, 1.5)
def walk(t, T):
    c = relaxed(); p = t / T; s = W(t, T, 1); 
    def foot(ph):
        x = (p + ph) % 1.
        if x < .6: k = x / .6; return (0, 0, .15 - .30 * k), (0 if k < .75 else 26 * (k - .75) / .25, 0, 0)
        k = (x - .6) / .4; return (0, .055 * np.sin(np.pi * k), -.15 + .30 * ease(k)), (26 - 40 * ease(k) if k < .8 else -14 + 14 * (k - .8) / .2, 0, 0)
    (fl, rl), (fr, rr) = foot(0), foot(.5)
    c.update(foot_l=fl, foot_r=fr, footrot_l=rl, footrot_r=rr, knee_l=(.03, 0, 1), knee_r=(-.03, 0, 1),
             pelvis=(2, 5 * W(t, T, 1, .25), 1.5 * s), pelvis_t=(0, -.022 + .010 * W(t, T, 2, -.1), 0), spine_01=(2, -3 * W(t, T, 1, .25), 0), spine_03=(2, -6 * W(t, T, 1, .25), 0), head=(2, 3 * W(t, T, 1, .25), 0),
             hand_l=('chest', (.18, -.385, .055 - .12 * W(t, T, 1, .25))), hand_r=('chest', (.18, -.385, .055 + .12 * W(t, T, 1, .25))))
    return c

def crouch(t, T):
    c = relaxed(); s = W(t, T, 1); f = W(t, T, 3)
    c.update(pelvis=(24, 3 * s, 0), pelvis_t=(0, -.375, -.105), spine_01=(14, 0, 0), spine_02=(14, 2 * s, 0), spine_03=(10, 0, 0), neck_01=(-6, 0, 0), head=(-14 + 2 * W(t, T, 2), 9 * s, 0),
             foot_l=(.035, .048, -.02), foot_r=(-.035, .048, -.08), footrot_l=(30, 14, 0), footrot_r=(34, -14, 0), knee_l=(.34, .25, 1), knee_r=(-.34, .25, 1), clavicle_l=(0, 0, 8), clavicle_r=(0, 0, -8),
             hand_l=('chest', (.02, -.30, .245 + .004 * f)), hand_r=('chest', (.03, -.285, .225 - .004 * f)), elbow_l=(.9, -.3, -.1), elbow_r=(.9, -.3, -.1),
             palm_l=(-.5, -.2, -.8), fing_l=(-.9, -.3, .35), palm_r=(-.5, .1, -.8), fing_r=(-.9, -.1, .35), curl_l=40, curl_r=34)
    return breath(c, t, T, 3, 1.8)
def wipe_tears(t, T):
    c = relaxed(); u = ease((t / T - .08) / .2) * (1 - ease((t / T - .66) / .22)); rub = W(t, T, 4) * u; s = W(t, T, 1)
    down, up = np.array([.185, -.395, .055]), np.array([.046 + .012 * rub, .014, .172])
    c.update(pelvis=(2, 2 * s, 0), spine_01=(4, 0, 0), spine_02=(6 + 2 * u, 0, 0), spine_03=(6, 3 * u, 0), neck_01=(8, 2 * u, 0), head=(10 + 5 * u, 5 * u + 2 * rub, 2 * u), pelvis_t=(.006 * s, -.008, 0), clavicle_l=(0, 0, 5), clavicle_r=(0, 0, -5 - 5 * u),
             hand_r=('chest', down + (up - down) * u + np.array([0, 0, .10]) * np.sin(np.pi * u)), elbow_r=(.35 + .35 * u, -.9 * u, -1 + .9 * u),
             palm_r=np.array([-1, 0, .15]) * (1 - u) + np.array([-.45, -.25, -.9]) * u, fing_r=np.array([.02, -1, .12]) * (1 - u) + np.array([-.62, .75, -.1]) * u, curl_r=24 + 14 * u,
             hand_l=('chest', (.05, -.30, .175)), elbow_l=(.8, -.5, -.4), palm_l=(-.4, .1, -1), fing_l=(-1, -.1, .15), curl_l=28)
    return breath(c, t, T, 4, 1.6)
def turn_away(t, T):
    c = relaxed(); s = W(t, T, 1)
    c.update(turn=58, pelvis=(5, 2 * s, 0), spine_01=(8, 6, 0), spine_02=(9, 8, 0), spine_03=(9, 6 + 2 * s, 0), neck_01=(10, 8, 0), head=(14 + 2 * s, 14 + 3 * W(t, T, 1, .2), 0), pelvis_t=(.004 * s, -.012, 0), clavicle_l=(0, 0, 9), clavicle_r=(0, 0, -9),
             hand_l=('chest', (-.075, -.150, .165)), hand_r=('chest', (-.065, -.175, .195)), elbow_l=(.7, -1, -.1), elbow_r=(.7, -1, -.1),
             palm_l=(-.30, .1, -.95), fing_l=(-1, .30, -.25), palm_r=(-.15, .1, -1), fing_r=(-1, .42, -.15), curl_l=30, curl_r=26)
    return breath(c, t, T, 2, 1.3)
def exhausted(t, T):
    c = relaxed(); s = W(t, T, 1); b = W(t, T, 2)
    c.update(pelvis=(3, 0, 2.5), spine_01=(7, 0, -1.5), spine_02=(9, 0, -1), spine_03=(10, 2 * s, 0), neck_01=(10, 0, 0), head=(17 + 2 * b, 3 * s, 3), pelvis_t=(.020 + .004 * s, -.016, -.01), clavicle_l=(0, 0, -3), clavicle_r=(0, 0, -3),
             hand_r=('head', (.020 + .006 * b, .055, .125)), handframe_r='head', elbow_r=(.65, -1, .2), palm_r=(-.25, -.1, -1), fing_r=(-.85, .5, -.1), curl_r=30,
             hand_l=('chest', (.165, -.40, .075)), curl_l=18, foot_l=(.01, 0, .02), foot_r=(-.01, 0, -.02))
    return breath(c, t, T, 2, 2)
def cover_ears(t, T):
    c = relaxed(); s = W(t, T, 2)
    c.update(pelvis=(5 + 2 * s, 0, 0), spine_01=(7 + 3 * s, 0, 0), spine_02=(8 + 3 * s, 0, 0), spine_03=(8 + 2 * s, 0, 0), neck_01=(10, 0, 0), head=(16 - 2 * s, 3 * W(t, T, 1), 0), pelvis_t=(0, -.018, -.012 - .006 * s), clavicle_l=(0, 0, 11), clavicle_r=(0, 0, -11),
             hand_l=('head', (.088, -.030, .018)), hand_r=('head', (.088, -.030, .018)), elbow_l=(.85, -.35, .65), elbow_r=(.85, -.35, .65), handframe_l='head', handframe_r='head',
             palm_l=(-1, 0, -.05), fing_l=(-.10, .9, -.35), palm_r=(-1, 0, -.05), fing_r=(-.10, .9, -.35), curl_l=14, curl_r=14)
    return breath(c, t, T, 4, 1.5)
def hand_on_chest(t, T):
    c = relaxed(); b = W(t, T, 5); s = W(t, T, 1)
    c.update(pelvis=(4, 2 * s, 0), spine_01=(5, 0, 0), spine_02=(6, 0, 0), spine_03=(5 - b, 0, 0), neck_01=(2, 0, 0), head=(2 - 2 * b, 6 * W(t, T, 1, .2), 2 * s), pelvis_t=(.006 * s, -.012, 0), clavicle_l=(0, 0, 7 + 2 * b), clavicle_r=(0, 0, -7 - 2 * b),
             hand_r=('chest', (.055, -.125, .165 + .004 * b)), elbow_r=(.8, -.8, -.15), palm_r=(.10, -.15, -1), fing_r=(-.95, .42, 0), curl_r=14, spread_r=4,
             hand_l=('chest', (.215, -.30, .14)), elbow_l=(.7, -.3, -.7), palm_l=(-.3, -.9, .1), fing_l=(.1, -.25, 1), curl_l=20, spread_l=5)
    return breath(c, t, T, 5, 2.4)

CLIPS = [('idle_calm', idle_calm, 6), ('idle_anxious', idle_anxious, 6), ('arms_crossed', arms_crossed, 6), ('open_palms', open_palms, 5), ('agitated', agitated, 4),
         ('shouting', shouting, 3), ('hands_to_head', hands_to_head, 5), ('hands_up', hands_up, 4), ('sit_neutral', sit_neutral, 6), ('sit_hunched', sit_hunched, 6),
         ('sit_crying', sit_crying, 5), ('rail_lean', rail_lean, 6), ('walk', walk, 1.1),
         ('pointing', pointing, 4), ('wringing', wringing, 5), ('crouch', crouch, 5), ('wipe_tears', wipe_tears, 5), ('turn_away', turn_away, 6),
         ('exhausted', exhausted, 6), ('cover_ears', cover_ears, 5), ('hand_on_chest', hand_on_chest, 4)]

def add_clips(g, jn, rig, J, tails):
    S = Solver(rig, J, tails)
    order = [n for n in rig.names if n not in ('Root', 'ball_l', 'ball_r', 'eye_l', 'eye_r')]   # eyes left free for gaze code
    for name, fn, T in CLIPS:
        n = int(round(T * FPS)) + 1
        ts = np.linspace(0, T, n).astype('f4')
        Q = {k: np.zeros((n, 4), 'f4') for k in order}; PT = np.zeros((n, 3), 'f4')
        for i, t in enumerate(ts):
            L, pt = S.solve(fn(float(t) % T if i < n - 1 else 0., T))
            PT[i] = J['pelvis'] - J['Root'] + pt
            for k in order:
                q = L.get(k, np.array([0, 0, 0, 1.]))
                if i and (Q[k][i - 1] @ q) < 0: q = -q
                Q[k][i] = q
        tin = g.accessor(ts, minmax=True); t0 = g.accessor(ts[:1].copy(), minmax=True)
        an = {'name': name, 'samplers': [], 'channels': []}
        def ch(node, path, arr):
            const = np.abs(arr - arr[0]).max() < 2e-4
            an['samplers'].append({'input': t0 if const else tin, 'output': g.accessor(arr[:1].copy() if const else arr), 'interpolation': 'LINEAR'})
            an['channels'].append({'sampler': len(an['samplers']) - 1, 'target': {'node': node, 'path': path}})
        ch(jn['pelvis'], 'translation', PT)
        for k in order: ch(jn[k], 'rotation', Q[k])
        g.json['animations'].append(an)
