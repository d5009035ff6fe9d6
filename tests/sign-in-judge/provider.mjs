// An OpenID provider by the public package oidc-provider, for tests of the pages.
//
//   node provider.mjs PORT REDIRECT-URI
//
// Whoever signs in by its own form as "name|authority|jurisdiction|role,role" is that official. Prints "ready" when it listens.
import { createRequire } from 'node:module';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(join(process.env.MLAT_SIGN_IN_JUDGE ?? import.meta.dirname, 'provider.mjs')));
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')));

const [port, redirect] = process.argv.slice(2);
const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256', kid: 'one' };
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'node', token_endpoint_auth_method: 'none', redirect_uris: [redirect], response_types: ['code'], grant_types: ['authorization_code'],
    application_type: 'web', id_token_signed_response_alg: 'ES256',
  }],
  jwks: { keys: [key] },
  cookies: { keys: ['for tests only'] },
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'roles', 'authority', 'jurisdiction'] },
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => {
      const [, authority, jurisdiction, roles] = id.split('|');
      return { sub: id, authority, jurisdiction, roles: roles.split(',') };
    },
  }),
  // No page that asks for consent: the node is the authority's own.
  loadExistingGrant: async context => {
    const grant = new context.oidc.provider.Grant({ clientId: context.oidc.client.clientId, accountId: context.oidc.session.accountId });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
