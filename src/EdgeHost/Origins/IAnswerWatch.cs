namespace EdgeHost.Origins;

/// <summary>Looks at an origin's answer while it passes, and never holds it up.</summary>
internal interface IAnswerWatch
{
    /// <summary>The headers have come.</summary>
    /// <returns>Whether the start of the body is wanted, too.</returns>
    bool Look(HttpResponseMessage response);

    /// <summary>The first bytes of the body, as they came: in the response's content coding.</summary>
    /// <param name="start">The bytes, the watch's own from now on.</param>
    /// <param name="isWhole">Whether that was all of it.</param>
    void Seen(ReadOnlyMemory<byte> start, bool isWhole);
}
