/** A Chromium that draws in software and gives memory back when it is told to. */
export const BENCH_FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--js-flags=--expose-gc',
]
