namespace EdgeHost.Demo.Walkthrough.Children;

internal static class LogTail
{
    private const int Lines = 20;

    public static IReadOnlyList<string> Of(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        // The child may still be writing.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        var tail = new Queue<string>(Lines);
        while (reader.ReadLine() is { } line)
        {
            if (tail.Count == Lines)
            {
                tail.Dequeue();
            }

            tail.Enqueue(line);
        }

        return [.. tail];
    }
}
