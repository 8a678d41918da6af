// Puts every statement of a file through the strict validator of xAPI 1.0.3 and names what it
// does not accept. Arguments: the file, the folder with node_modules.
const path = require("path");
const fs = require("fs");
const [file, folder] = process.argv.slice(2);
const check = require(path.join(folder, "node_modules/@learninglocker/xapi-validation")).default;
const statements = JSON.parse(fs.readFileSync(file, "utf8"));
let faults = 0;
for (const statement of statements) {
  const warnings = check(statement);
  if (warnings.length > 0) {
    faults += 1;
    console.error(statement.id, JSON.stringify(warnings));
  }
}
// A validator that accepts anything would show nothing.
const broken = JSON.parse(JSON.stringify(statements[0]));
broken.verb.id = "no address";
if (check(broken).length === 0) {
  console.error("the validator accepts a broken statement");
  process.exit(2);
}
console.log(`${statements.length} statements, ${faults} not valid`);
process.exit(faults === 0 && statements.length > 0 ? 0 : 1);
