// Reads a JSON list of formulas, writes a JSON list of KaTeX's complaints (null where it has none).
// Strict mode takes every oddity for an error; with the argument "lenient-characters", letters that KaTeX
// has no measures for (which it typesets nevertheless) are let through.

const katex = require("katex");

const lenient = process.argv.includes("lenient-characters");
const unmeasured = ["unknownSymbol", "symbolNotInFont"];
const strict = (code) => (lenient && unmeasured.includes(code) ? "ignore" : "error");

function complaint(formula) {
  try {
    katex.renderToString(formula, { displayMode: true, throwOnError: true, strict, trust: false });
    return null;
  } catch (error) {
    return error.message;
  }
}

const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(formulas.map(complaint)));
