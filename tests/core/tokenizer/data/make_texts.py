"""The awkward texts of make_components.py and make_classic.py."""
TEXTS = [
    "", " ", "Hello, World!  it's 12½ km", " caf\u00e9 cafe\u0301 e\u0327\u0301 \u1e9e\u0130 \ufb01", "\u4e2d\u6587 \u304b\u306a\u30ab\u30ca a",
    "\uac00\u1100\u1161\u11a8 \uff76\uff9e", "a\u00a0b\u3000c\u2028d\x0be\x85f\tg\r\nh", "zero\u200bwidth\u200d \ufeff\u00ad\x00\x07",
    "x_y-z.w\u2014\u00ab\u2116\u00bb $5 +1", "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f1e9\U0001f1ea\u2764\ufe0f", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u0939\u093f\u0928\u094d\u0926\u0940",
    "one<s> <mask>two  <mask> three", "  <mask> first", "the then bathe the", "can't WE'LL 's\u2019s   end  ", "\u2460\u00b2\u2167\ufdfa\u337f", "\u2581a\u2581 b_\u0120c",
]
