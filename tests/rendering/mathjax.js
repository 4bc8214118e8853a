// Reads a JSON list of formulas, writes a JSON list of MathJax's complaints (null where it has none).
// MathJax shows a command that it does not know in red; that counts as a complaint.

const { init } = require("mathjax");

async function complaint(MathJax, formula) {
  try {
    const mathml = await MathJax.tex2mmlPromise(formula, { display: true });
    const unknown = mathml.match(/mathcolor="red"[^>]*>([^<]*)</);
    return unknown ? `unknown command ${unknown[1]}` : null;
  } catch (error) {
    return error.message;
  }
}

async function main() {
  const formulas = JSON.parse(require("fs").readFileSync(0, "utf8"));
  const fail = (_, error) => {
    throw error;
  };
  const MathJax = await init({ loader: { load: ["input/tex"] }, startup: { typeset: false }, tex: { formatError: fail } });
  const found = [];
  for (const formula of formulas) found.push(await complaint(MathJax, formula));
  process.stdout.write(JSON.stringify(found));
}

main();
