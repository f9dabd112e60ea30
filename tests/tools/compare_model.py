#!/usr/bin/env python3
"""compare_model.py MODEL FOLDER: is the model file what the package in FOLDER says?

MODEL is a file of `onrecord model get`, FOLDER the unpacked package's folder with config.cfg. Reads both by
means of its own (numpy, srsly, spaCy 3.8) and compares every section of docs/formats/model.md. Prints one
line and ends 0 when nothing differs. For maintainers: the program and its tests need no Python.
"""
import json, os, re, struct, sys
import numpy as np
import spacy
import spacy.symbols
import srsly
from spacy.strings import hash_string
path, base = (sys.argv[1], os.path.join(sys.argv[2], ''))
b = open(path, 'rb').read()
magic, ver, ns, size, lab, ck = struct.unpack('<8sIIQQQ', b[:40])
assert magic == b'ONRMODEL' and size == len(b)
S = {}

for i in range(ns):
    e = b[64 + 64 * i:128 + 64 * i]
    name = e[:24].rstrip(b'\x00').decode()
    at, n, c = struct.unpack('<QQQ', e[24:48])
    S[name] = b[at:at + n]
    assert at % 64 == 0
f = lambda n: np.frombuffer(S[n], '<f4')
u = lambda n: np.frombuffer(S[n], '<u4')
q = lambda n: np.frombuffer(S[n], '<u8')
pool = S['pool']
st = lambda a, n: pool[a:a + n].decode() if n != 4294967295 else None


def nodes(c):
    m = srsly.read_msgpack(base + c + '/model')
    return [(n['name'], {k: srsly.msgpack_loads(v) for k, v in a.items()}, p, n) for n, a, p in zip(m['nodes'], m['attrs'], m['params'])]
sh = u('shape')
enc = [sh[:20], sh[20:40]]
nvr, ntags, pm, nm = sh[40:44]
FE = ['NORM', 'PREFIX', 'SUFFIX', 'SHAPE', 'SPACY', 'IS_SPACE']

for k, (c, pre) in enumerate((('tok2vec', 't2v'), ('ner', 'ner'))):
    N = nodes(c)
    e = enc[k]
    nc, hv = (e[0], e[1])
    feats = e[2:8]
    rows = e[8:14]
    seeds = e[14:20]
    cols = [a['columns'] for n, a, p, _ in N if n == 'extract_features'][0]
    assert [FE[i] for i in feats[:nc]] == cols
    H = sorted([(a['column'], a['seed'], p['E']) for n, a, p, _ in N if n == 'hashembed'], key=lambda x: x[0])
    assert list(rows[:nc]) == [h[2].shape[0] for h in H] and list(seeds[:nc]) == [h[1] for h in H]
    assert np.array_equal(f(pre + '.embed'), np.concatenate([h[2].ravel() for h in H]))
    M = [(i, p) for i, (n, a, p, _) in enumerate(N) if n == 'maxout']

    def packed(i, p):
        W = p['W']
        nI = W.shape[2]
        out = np.empty((6, nI, 3, 16), 'f4')
        for o in range(96):
            for pc in range(3):
                out[o // 16, :, pc, o % 16] = W[o, pc]
        ln = N[i + 1][2]
        return np.concatenate([out.ravel(), p['b'].T.ravel(), ln['G'], ln['b']])
    assert np.array_equal(f(pre + '.mixer'), packed(*M[0]))
    assert np.array_equal(f(pre + '.conv'), np.concatenate([packed(*x) for x in M[1:]]))
    if hv:
        V = np.load(base + 'vocab/vectors')
        W = [p['W'] for n, a, p, _ in N if n == 'static_vectors'][0]
        d = np.abs(f(pre + '.vectors').reshape(-1, 96) - V.astype('f8') @ W.T.astype('f8')).max()
        print('vectors maxdiff', d)
        assert d < 1e-05
k2r = srsly.read_msgpack(base + 'vocab/key2row')
if nvr:
    assert dict(zip(q('vector.keys').tolist(), u('vector.rows').tolist())) == dict(k2r) and np.all(np.diff(q('vector.keys').astype(object)) > 0)
sc = [p for n, a, p, _ in nodes('tagger') if n == 'softmax'][0]
assert np.array_equal(f('tag.score'), np.concatenate([sc['W'].ravel(), sc['b']]))
src = open(os.path.join(os.path.dirname(__file__), '../../include/onrecord/parse.h')).read()


def lab(name):
    x = src[src.index('#define ' + name):]
    x = x[:x.index('\n\n')]
    return re.findall('X\\(\\w+, "([^"]*)"\\)', x)
T, D, P, E = (lab('ONR_TAG_LIST'), lab('ONR_DEP_LIST'), lab('ONR_POS_LIST'), lab('ONR_ENT_LIST'))
assert [T[i] for i in S['tag.labels']] == srsly.read_json(base + 'tagger/cfg')['labels']

for c in ('parser', 'ner'):
    N = nodes(c)
    low = [p for n, a, p, _ in N if n == 'precomputable_affine'][0]
    up = [p for n, a, p, x in N if n == 'linear' and x['index'] == N[0][3]['refs']['upper']][0]
    inn = [p for n, a, p, x in N if n == 'linear' and x['index'] != N[0][3]['refs']['upper']][0]
    assert np.array_equal(f(c + '.score'), np.concatenate([z.ravel() for z in (inn['W'], inn['b'], low['W'], low['b'], low['pad'], up['W'], up['b'])]))
nlp = spacy.load(base)
A = ['S', 'D', 'L', 'R', 'B']
mv = np.frombuffer(S['parser.moves'], 'u1').reshape(-1, 3)
mine = [A[a] + ('-' + D[l] if l else '') + ('||' + D[l2] if l2 else '') for a, l, l2 in mv]
assert mine == list(nlp.get_pipe('parser').move_names), (mine, nlp.get_pipe('parser').move_names)
mv = np.frombuffer(S['ner.moves'], 'u1').reshape(-1, 3)
mine = ['MBILUO'[a] + ('-' + E[l] if l or a == 4 else '') for a, l, l2 in mv]
assert [x for x in mine if x != 'U-'] == list(nlp.get_pipe('ner').move_names) and mine.index('U-') == 72, (mine, nlp.get_pipe('ner').move_names)
t = srsly.read_msgpack(base + 'tokenizer')
pt = u('patterns').reshape(4, 2)
assert [st(*x) for x in pt] == [t[k] for k in ('prefix_search', 'suffix_search', 'infix_finditer', 'url_match')]
et = u('exc.tokens').reshape(-1, 4)
ex = {}

for a, n, fi, k in u('exc').reshape(-1, 4):
    ex[st(a, n)] = [{65: st(*x[:2]), **({67: st(*x[2:])} if x[3] != 4294967295 else {})} for x in et[fi:fi + k]]
assert ex == t['exceptions'] and [x.encode() for x in ex] == sorted((x.encode() for x in ex))
ln = srsly.read_msgpack(base + 'vocab/lookups.bin')['lexeme_norm']
nw = u('norm.words').reshape(-1, 2)
assert {int(k): st(*nw[v]) for k, v in zip(q('norm.keys'), u('norm.vals'))} == dict(ln)
L = srsly.read_msgpack(base + 'lemmatizer/lookups/lookups.bin')
sid = lambda s: spacy.symbols.IDS.get(s) or (0 if s == '' else hash_string(s))
lp = S['lemma.pos']
rules = u('lemma.rules').reshape(-1, 4)
lw = u('lemma.words').reshape(-1, 2)
ll = u('lemma.lists')
ek, ev, ix = (q('lemma.exc.keys'), u('lemma.exc.vals'), q('lemma.index'))
tot = [0, 0, 0]

for i in range(len(lp) // 28):
    pos, fl, _, ra, rn, ea, en, ia, inn = struct.unpack('<BBHIIIIII', lp[28 * i:28 * i + 28])
    key = sid(P[pos].lower())
    for b_, tn in ((1, 'lemma_rules'), (2, 'lemma_exc'), (4, 'lemma_index')):
        assert bool(fl & b_) == (key in L[tn])
        tot[b_ // 2] += bool(fl & b_)
    if fl & 1:
        assert [[st(*r[:2]), st(*r[2:])] for r in rules[ra:ra + rn]] == L['lemma_rules'][key]
    if fl & 2:
        assert {int(k): [st(*lw[j]) for j in ll[v + 1:v + 1 + ll[v]]] for k, v in zip(ek[ea:ea + en], ev[ea:ea + en])} == {sid(k): v for k, v in L['lemma_exc'][key].items()}
    if fl & 4:
        assert ix[ia:ia + inn].tolist() == sorted(set((sid(x) for x in L['lemma_index'][key])))
assert tot == [len(L[x]) for x in ('lemma_rules', 'lemma_exc', 'lemma_index')]
pat = srsly.read_msgpack(base + 'attribute_ruler/patterns')
en = S['ruler.entries']
al = u('ruler.alts').reshape(-1, 3)
sp = u('ruler.specs').reshape(-1, 2)
co = S['ruler.conds']
rw = u('ruler.words').reshape(-1, 2)
ids = S['ruler.ids']


def cond(i):
    a, o, fl, z, fi, n = struct.unpack('<BBBBII', co[12 * i:12 * i + 12])
    assert z == 0
    nm = ['TAG', 'LOWER', 'DEP', 'IS_SPACE'][a]
    if a == 3:
        return (nm, bool(fl))
    if o == 3:
        return (nm, ('REGEX', ["^n'?t$", "^n[ou]thin'$", "^y'?$"][fl]))
    vals = [st(*w) for w in rw[fi:fi + n]] if a == 1 else [(T if a == 0 else D)[x] for x in ids[fi:fi + n]]
    return (nm, ({1: 'IN', 2: 'NOT_IN'}[o], vals))


def want(k, v):
    if isinstance(v, bool):
        return (k, v)
    if isinstance(v, str):
        v = {'IN': [v]}
    (o, x), = v.items()
    if o != 'REGEX' and k != 'LOWER':
        x = [y for y in x if y in (T if k == 'TAG' else D)]
    return (k, (o, x))
got = [[] for _ in range(len(en) // 28)]

for e, fi, n in al:
    got[e].append([dict((cond(j) for j in range(s, s + k))) for s, k in sp[fi:fi + n]])

for i, p in enumerate(pat):
    assert got[i] == [[dict((want(k, v) for k, v in t_.items())) for t_ in a] for a in p['patterns']], (i, got[i], p)
    idx, sp_, sm, sl, stg, sd, po, ta, de, ma, mn, la, lnn = struct.unpack('<i5B3BIIII', en[28 * i:28 * i + 28])
    a = p['attrs']
    assert idx == p['index'] and {k for k, x in (('POS', sp_), ('MORPH', sm), ('LEMMA', sl), ('TAG', stg), ('DEP', sd)) if x} == set(a)
    if sp_:
        assert P[po] == a['POS']
    if sm:
        assert st(ma, mn) == (lambda x: '' if x == '_' else x)(nlp.vocab.morphology.normalize_features(a['MORPH']))
    if sl:
        assert st(la, lnn) == a['LEMMA']
    if stg:
        assert T[ta] == a['TAG']
    if sd:
        assert D[de] == a['DEP']
print(f'{path}: {len(S)} sections, no difference')
