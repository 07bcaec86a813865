import { z } from 'zod';

// To find out whether it may compile validators, zod reads `navigator`, which VS Code reports as a fault of the extension.
z.config({ jitless: true });
