using System.Collections.Concurrent;

namespace EdgeHost.Replicas;

/// <summary>Large files whose hash was checked since the start: they are hashed when they are first sent, and not at each request. Of so many the ones that came first are forgotten, and hashed once more.</summary>
internal sealed class VerifiedFiles(int most = VerifiedFiles.Most)
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, bool> paths = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> order = new();

    public bool Has(string path) => paths.ContainsKey(path);

    public void Add(string path)
    {
        if (!paths.TryAdd(path, true))
        {
            return;
        }

        order.Enqueue(path);
        while (order.Count > most && order.TryDequeue(out var oldest))
        {
            paths.TryRemove(oldest, out _);
        }
    }

    public void Remove(string path) => paths.TryRemove(path, out _);
}
