/** A JSON file as a person chose it; `value` is undefined when it is not JSON. */
export interface JsonFile {
  name: string;
  value: unknown;
}

export async function readJsonFile(file: File): Promise<JsonFile> {
  const text = await file.text();
  try {
    return { name: file.name, value: JSON.parse(text) as unknown };
  } catch {
    return { name: file.name, value: undefined };
  }
}
