using System.Collections;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeHost.Requests;

/// <summary>
/// The server's features of a connection, by which a context may keep what it was given from one request to the next. The server itself says at each request that all may be others
/// (<see cref="Revision"/>), though they are not, and to be asked for one it goes through all that it has (decision 19).
/// </summary>
/// <remarks>What is set here holds for one request: the server forgets it, and so does the context that looks at <see cref="Revision"/>.</remarks>
internal sealed class KeptFeatures(IFeatureCollection server) : IFeatureCollection
{
    private bool wereSet;

    public bool IsReadOnly => server.IsReadOnly;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => server[key];
        set
        {
            server[key] = value;
            Changed();
        }
    }

    public TFeature? Get<TFeature>() => server.Get<TFeature>();

    public void Set<TFeature>(TFeature? instance)
    {
        server.Set(instance);
        Changed();
    }

    /// <summary>Between two requests.</summary>
    public void BeginRequest()
    {
        if (wereSet)
        {
            Revision++;
            wereSet = false;
        }
    }

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => server.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Changed()
    {
        Revision++;
        wereSet = true;
    }
}
