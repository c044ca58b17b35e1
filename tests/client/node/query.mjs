// Join the endpoint with a file: the endpoint is found by its service description.
import { QueryEngine } from '@comunica/query-sparql-file';

const [endpoint, file] = process.argv.slice(2);
const bindings = await new QueryEngine().queryBindings(`
  PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
  SELECT ?label ?note WHERE { ?thing <http://example.org/note> ?note ; skos:prefLabel ?label }`,
  { sources: [endpoint, file] });
for (const row of await bindings.toArray()) {
  console.log(row.get('label').value, '|', row.get('note').value);
}
