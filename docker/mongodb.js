// Makes the account of the service in a new MongoDB container: its own database, and no administration.
const password = require('fs').readFileSync('/run/secrets/spring.mongodb.password', 'utf8').trim();
db.getSiblingDB('admin').createUser({
  user: 'tenancy',
  pwd: password,
  roles: [{ role: 'readWrite', db: 'tenancy' }],
});
