// A program that is not written for Troupe: an HTTP server as the documentation of Node.js has it.
const http = require('http');

http
  .createServer((request, response) => {
    if (request.url === '/node/count') {
      let count = 0;
      request.on('data', (chunk) => (count += chunk.length));
      request.on('end', () => response.end(String(count)));
      return;
    }
    // Without a length: the answer is chunked.
    response.write(`${request.method} ${request.url} `);
    response.end(String(process.pid));
  })
  .listen(process.env.PORT, process.env.HOST);
