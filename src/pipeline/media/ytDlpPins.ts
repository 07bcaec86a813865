/** yt-dlp release that Earshot installs after consent; it needs Python 3.11. */
export const MANAGED_YT_DLP_VERSION = '2026.10.26';

/** Oldest Python that this yt-dlp release declares (`Requires-Python`). */
export const MINIMUM_PYTHON_VERSION = '3.11';

/**
 * Oldest yt-dlp that is taken from PATH or the settings: the first release that solves YouTube's
 * challenges with an external JavaScript runtime and knows `--js-runtimes`.
 */
export const MINIMUM_YT_DLP_VERSION = '2025.11.12';

/** What the installation fetches, for the question put to the person. */
export const MANAGED_DOWNLOAD_MEGABYTES = 7;

/**
 * The pip requirements of the managed copy: wheels only, one sha256 each, printed by `pip hash`.
 *
 * yt-dlp's `default` extra without brotli and mutagen: they have no use here and brotli has one wheel
 * for each Python version. pycryptodomex decrypts HLS streams; its wheels serve every Python 3.
 */
export const MANAGED_REQUIREMENTS = `
yt-dlp==2026.10.26 --hash=sha256:a05c5b5d8562f7e8a62f5334348b406af4930d56d3a65f8021d14af0e22339ae
yt-dlp-ejs==0.8.0 --hash=sha256:79300e5fca7f937a1eeede11f0456862c1b41107ce1d726871e0207424f4bdb4
certifi==2026.10.18 --hash=sha256:73191c47aaa79da394e8fee2dbc2ec827432cab56311122c9e47abf79e390f62
charset-normalizer==3.5.2 --hash=sha256:b6b751274acb69d77b3323d6b7dbaa3c7fdfc1eb829b7eb61d262f32e1af9685
idna==3.20 --hash=sha256:ab7ae7122974553370f0bdb919e1a960b2cd1bc1ef0276416d896db81c14582c
requests==2.34.2 --hash=sha256:2a0d60c172f83ac6ab31e4554906c0f3b3588d37b5cb939b1c061f4907e278e0
urllib3==2.8.0 --hash=sha256:0cf3cae568d36aa9576b28dfb35f11328f1cb974ca7647d9475ebb86c75ac6e3
websockets==17.3 --hash=sha256:dc2b495a92b3971966bf102e73589f950db3ec1ca6713265355ce7771d97b199
pycryptodomex==3.24.1 ; implementation_name == "cpython" \\
  --hash=sha256:9bb353c764c144a9fc03302ef3763ad0c3e75bc7ca41f445cc98455f36da6c59 \\
  --hash=sha256:eeac2c9acbd2d9f0ca493fdf692ce8245ca37cbebee08c496025868d4b8ef70f \\
  --hash=sha256:9a732b9f5603b153dcdc071d6b342f192981907519827f2c1e4aeac41e2b34c2 \\
  --hash=sha256:9b94a8c647c1f80b4c82c7ac9642dda94a71abbb4efa29ad652c410ad7a39879 \\
  --hash=sha256:bd06ab1d9cf90e8b198daae3b364e9ac23a640d210bb8faddad6627cf2e33be7 \\
  --hash=sha256:8321c315c4418dfe45a811b792380438ec81185deaaf202dbcd77711b4f51796 \\
  --hash=sha256:82eb0dd8a95be97f03527b108ee49f9b86a7c534fa47fa7a510be3eab8ea9acd \\
  --hash=sha256:a692d2484ca8fa2c69f45c63f2b30cd00b8512834e3a522fc297d981dde5b34c
`.trimStart();
