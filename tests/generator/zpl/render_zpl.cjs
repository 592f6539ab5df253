// SPDX-License-Identifier: Apache-2.0
// ZPL to PNG by zpl-renderer-js: node render_zpl.cjs IN.zpl OUT.png WIDTH_MM HEIGHT_MM DOTS_PER_MM
const { ready } = require('zpl-renderer-js');
const fs = require('fs');
const [input, output, width, height, dots] = process.argv.slice(2);
(async () => {
    const { api } = await ready;
    const png = await api.zplToBase64Async(fs.readFileSync(input, 'utf8'), +width, +height, +dots);
    fs.writeFileSync(output, Buffer.from(png, 'base64'));
    process.exit(0);  // its WebAssembly keeps node alive
})().catch((error) => {
    console.error(String(error));
    process.exit(1);
});
