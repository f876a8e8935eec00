// A certified OpenID provider shaped like Clerk: its paths, JWT access tokens of type at+jwt, users called user_…, and
// refresh tokens that are good for one exchange. Listens on a free loopback port, which is the first line it prints, and
// ends with its standard input. Options: --no-device switches the device grant off.
//
// In front of it stands what the provider itself cannot be asked for, under /test/:
//   POST advance?secs=N      moves the provider's clock
//   POST interval?secs=N     names an interval with every device code
//   POST answers             a JSON list of [status, body]: what the next requests for tokens get instead
//   POST hold                keeps the provider's answers to requests for tokens back until
//   POST release
//   GET  seen                how many requests for tokens there were
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const device = !process.argv.includes('--no-device');
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const DAY = 24 * 60 * 60;

// Nobody reads standard output beyond its first line.
console.info = console.error;

const realNow = Date.now;
let ahead = 0;
Date.now = () => realNow() + ahead;

let interval;
let answers = [];
let seen = 0;
let released = Promise.resolve();
let release = () => {};

function configuration(resource) {
  return {
    clients: ['cs-copilot', 'another-client'].map((id) => ({
      client_id: id,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      response_types: ['code'],
      // Any port of this machine fits a loopback address without one.
      redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token', ...(device ? [DEVICE_CODE] : [])],
    })),
    clientAuthMethods: ['none'],
    routes: {
      authorization: '/oauth/authorize',
      token: '/oauth/token',
      device_authorization: '/oauth/device_authorization',
      userinfo: '/oauth/userinfo',
      revocation: '/oauth/token/revoke',
      jwks: '/.well-known/jwks.json',
      code_verification: '/device',
    },
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: device, mask: '****-****' },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, audience) => ({
          audience,
          scope: 'openid profile email offline_access',
          accessTokenFormat: 'jwt',
          accessTokenTTL: DAY,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id.replace('user_', '')}@example.com`, name: id }),
    }),
    expiresWithSession: () => false,
    rotateRefreshToken: true,
    ttl: { DeviceCode: 600, AuthorizationCode: 600, IdToken: DAY, RefreshToken: 300 * DAY, Grant: 300 * DAY,
      Interaction: 3600, Session: DAY },
  };
}

async function test(request, response, url) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const secs = Number(url.searchParams.get('secs'));
  switch (url.pathname) {
    case '/test/advance': ahead += secs * 1000; break;
    case '/test/interval': interval = secs; break;
    case '/test/answers': answers = JSON.parse(body); break;
    case '/test/hold': released = new Promise((resolve) => { release = resolve; }); break;
    case '/test/release': release(); break;
    case '/test/seen': break;
    default: response.statusCode = 404;
  }
  response.end(JSON.stringify(seen));
}

function send(response, [status, body]) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(issuer));
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/oauth/device_authorization' && interval !== undefined) ctx.body.interval = interval;
  });
  const certified = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url, issuer);
    if (url.pathname.startsWith('/test/')) return test(request, response, url);
    if (url.pathname === '/oauth/token') {
      seen += 1;
      const answer = answers.shift();
      if (answer) return send(response, answer);
      const end = response.end.bind(response);
      response.end = (...rest) => { released.then(() => end(...rest)); return response; };
    }
    return certified(request, response);
  });
  console.log(issuer);
});

// Whoever started it has gone.
process.stdin.on('end', () => process.exit(0)).resume();
