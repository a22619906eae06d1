namespace EdgeHost.SnapshotStore.Tests.Architecture;

/// <summary>Ways that lead back to where they began.</summary>
internal static class Cycles
{
    /// <summary>For each node on a cycle the shortest one, and each of them once.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> In(IEnumerable<(string From, string To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        return [.. next.Select(group => group.Key).Order(StringComparer.Ordinal)
            .Select(start => Shortest(start, next)).OfType<IReadOnlyList<string>>()
            .DistinctBy(cycle => string.Join('\n', cycle.Order(StringComparer.Ordinal)))];
    }

    private static List<string>? Shortest(string start, ILookup<string, string> next)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var queue = new Queue<string>([start]);
        while (queue.TryDequeue(out var node))
        {
            foreach (var to in next[node].Order(StringComparer.Ordinal))
            {
                if (to == start)
                {
                    return Way(node);
                }

                if (cameFrom.TryAdd(to, node))
                {
                    queue.Enqueue(to);
                }
            }
        }

        return null;

        List<string> Way(string last)
        {
            var way = new List<string>();
            for (var node = last; node != start; node = cameFrom[node])
            {
                way.Insert(0, node);
            }

            way.Insert(0, start);
            return way;
        }
    }
}
