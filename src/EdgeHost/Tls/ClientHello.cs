using System.Buffers;
using System.Buffers.Binary;
using Microsoft.AspNetCore.Connections;

namespace EdgeHost.Tls;

/// <summary>
/// Looks into a client's first message, and leaves it there. All that is wanted is whether TLS 1.3 is offered: the framework tells a handshake's callback the version of the
/// message's head alone, which is 1.2 for all clients of today (RFC 8446 §4.1.2).
/// </summary>
internal static class ClientHello
{
    private const int RecordHead = 5;
    // RFC 8446 §5.1 allows a hello 2^14 bytes, §5.2 encrypted records 256 more: what is longer than either is no hello.
    private const int LargestRecord = 16384 + 256;
    private const byte Handshake = 22;
    private const byte Hello = 1;
    private const int SupportedVersions = 43;
    private const ushort Tls13 = 0x0304;

    /// <summary>Notes on the connection what is offered, and goes on with it.</summary>
    /// <param name="connection">Of a client that has just come.</param>
    /// <param name="next">What makes the handshake.</param>
    /// <param name="patience">Until the handshake is over, and somebody says so (<see cref="HandshakeDeadline.End"/>); a client that takes longer is not waited for.</param>
    /// <param name="clock">Tells when that is.</param>
    public static async Task LookAsync(ConnectionContext connection, ConnectionDelegate next, TimeSpan patience, TimeProvider clock)
    {
        using var deadline = new HandshakeDeadline(patience, clock);
        var input = connection.Transport.Input;
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(deadline.Passed);
                var isWhole = read.IsCompleted || IsWhole(read.Buffer);
                if (isWhole && OffersTls13(read.Buffer))
                {
                    connection.Features.Set(Tls13Offer.Made);
                }

                input.AdvanceTo(read.Buffer.Start, isWhole ? read.Buffer.Start : read.Buffer.End);
                if (isWhole)
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException or ConnectionAbortedException)
        {
            // It has come no further than that: there is nobody to answer.
            return;
        }

        deadline.Hold(connection);
        await next(connection);
    }

    /// <summary>Whether the first record is there, or can't be one: then the framework is to refuse what there is of it.</summary>
    public static bool IsWhole(in ReadOnlySequence<byte> received)
    {
        Span<byte> head = stackalloc byte[RecordHead];
        var there = (int)Math.Min(received.Length, RecordHead);
        received.Slice(0, there).CopyTo(head);
        var length = BinaryPrimitives.ReadUInt16BigEndian(head[3..]);
        return (there > 0 && head[0] != Handshake) || (there == RecordHead && (length > LargestRecord || received.Length >= RecordHead + length));
    }

    private static bool OffersTls13(in ReadOnlySequence<byte> received)
    {
        if (received.IsSingleSegment)
        {
            return OffersTls13(received.FirstSpan);
        }

        // Whoever sends more than a record is not looked at to the end.
        var bytes = ArrayPool<byte>.Shared.Rent(RecordHead + LargestRecord);
        var length = (int)Math.Min(received.Length, bytes.Length);
        received.Slice(0, length).CopyTo(bytes);
        var offers = OffersTls13(bytes.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(bytes);
        return offers;
    }

    /// <summary>False also for what is no hello, or not whole in its first record: then a handshake of either version is tried.</summary>
    public static bool OffersTls13(ReadOnlySpan<byte> record)
    {
        if (record.Length < RecordHead + 4 || record[0] != Handshake || record[RecordHead] != Hello)
        {
            return false;
        }

        // Version, random, session, suites, compressions (RFC 8446 §4.1.2).
        var left = Rest(record, RecordHead + 4 + 2 + 32);
        left = Rest(left, left.IsEmpty ? 1 : 1 + left[0]);
        left = Rest(left, left.Length < 2 ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(left));
        left = Rest(left, left.IsEmpty ? 1 : 1 + left[0]);
        left = Rest(left, 2);
        while (left.Length >= 4)
        {
            var (type, length) = (BinaryPrimitives.ReadUInt16BigEndian(left), BinaryPrimitives.ReadUInt16BigEndian(left[2..]));
            left = left[4..];
            if (type == SupportedVersions)
            {
                return length <= left.Length && Holds(left[..length]);
            }

            left = Rest(left, length);
        }

        return false;
    }

    // One byte of length, and two for each version.
    private static bool Holds(ReadOnlySpan<byte> versions)
    {
        for (versions = Rest(versions, 1); versions.Length >= 2; versions = versions[2..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(versions) == Tls13)
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<byte> Rest(ReadOnlySpan<byte> bytes, int from) => from <= bytes.Length ? bytes[from..] : default;
}

/// <summary>On the connection of a client that speaks TLS 1.3.</summary>
internal sealed class Tls13Offer
{
    public static Tls13Offer Made { get; } = new();
}
