// Opens every HTML report of a folder in headless Chromium, lets axe-core judge it, prints it as
// an A4 PDF and leaves a picture. Arguments: the folder of reports, the folder with node_modules.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, kit] = process.argv.slice(2).map((one) => path.resolve(one));
const require = createRequire(path.join(kit, "package.json"));
const puppeteer = require("puppeteer-core");
const found = await import(pathToFileURL(require.resolve("@sparticuz/chromium")).href);
const chromium = found.default.default ?? found.default;
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const browser = await puppeteer.launch({
  args: [...chromium.args, "--no-sandbox"],
  executablePath: await chromium.executablePath(),
  headless: "shell",
});
// Every rule of WCAG 2.2 A and AA, and axe's own good practice.
const judge = async (page) => {
  await page.evaluate(axe);
  return page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
};
const page = await browser.newPage();
// The reports forbid scripts; the judge is one.
await page.setBypassCSP(true);
await page.setViewport({ width: 1000, height: 1300 });
let violations = 0;
let pages = 0;
for (const name of fs.readdirSync(folder).filter((one) => one.endsWith(".html")).sort()) {
  const requests = [];
  const hear = (request) => requests.push(request.url());
  page.on("request", hear);
  await page.goto(pathToFileURL(path.join(folder, name)).href, { waitUntil: "load" });
  page.off("request", hear);
  const result = await judge(page);
  for (const one of result.violations) {
    violations += one.nodes.length;
    console.error(`${name}: ${one.id} (${one.impact}): ${one.help}`);
    console.error(`  ${one.nodes.slice(0, 3).map((node) => node.html).join("\n  ")}`);
  }
  if (requests.length !== 1) {
    violations += 1;
    console.error(`${name}: asks for other files: ${requests.slice(1)}`);
  }
  const stem = path.join(folder, name.replace(/\.html$/, ""));
  await page.screenshot({ path: `${stem}.png` });
  await page.pdf({ path: `${stem}.pdf`, format: "A4", preferCSSPageSize: true });
  pages += 1;
}
// A judge that finds nothing anywhere would show nothing.
await page.setContent("<html><body><img src='x'><p style='color:#ccc'>pale</p></body></html>");
const seen = (await judge(page)).violations.map((one) => one.id);
await browser.close();
if (!seen.includes("image-alt") || !seen.includes("html-has-lang")) {
  console.error(`axe does not see what is wrong: ${seen}`);
  process.exit(2);
}
console.log(`${pages} pages, ${violations} violations`);
process.exit(violations === 0 && pages > 0 ? 0 : 1);
