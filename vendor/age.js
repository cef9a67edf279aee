// What of age's own library pages use: `make vendor` bundles it, and tests bundle it again.
export { Decrypter, Encrypter } from "age-encryption";
export { sha256 } from "@noble/hashes/sha2.js";
