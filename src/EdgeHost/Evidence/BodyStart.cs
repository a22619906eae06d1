namespace EdgeHost.Evidence;

/// <summary>The first bytes of an answer's body, in its content coding.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="IsWhole">Whether that is all of it.</param>
internal readonly record struct BodyStart(ReadOnlyMemory<byte> Bytes, bool IsWhole);
