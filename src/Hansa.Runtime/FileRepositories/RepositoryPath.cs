using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// A place in a repository, from its top on. Whatever a caller writes, a path that could be made leads nowhere else: it is a list of plain
/// names, none of which means another directory on any system. <c>\</c> and <c>/</c> are the same (spec alwayson 5.6).
/// </summary>
internal sealed class RepositoryPath
{
    private const int MaxNameBytes = 255;
    private const int MaxPathBytes = 2_048;
    private const int Shown = 100;

    private RepositoryPath(ImmutableArray<string> names) => Names = names;

    /// <summary>The top.</summary>
    public static RepositoryPath Top { get; } = new([]);

    /// <summary>The names from the top on.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Whether this is the top itself.</summary>
    public bool IsTop => Names.IsEmpty;

    /// <summary>The last name; <c>/</c> for the top.</summary>
    public string Name => IsTop ? "/" : Names[^1];

    /// <summary>The directory that it is in; the top's is itself.</summary>
    public RepositoryPath Parent => IsTop ? this : new(Names[..^1]);

    /// <summary>Reads a path.</summary>
    /// <exception cref="PlatformException">BadRequest with the reason: the path could lead out, or no disk takes it.</exception>
    public static RepositoryPath Parse(string? text) => Top.Add(text);

    /// <summary>Reads a path that begins here.</summary>
    /// <exception cref="PlatformException">As of <see cref="Parse"/>.</exception>
    public RepositoryPath Add(string? text)
    {
        var names = Names.ToBuilder();
        foreach (var name in (text ?? "").Split('/', '\\'))
        {
            if (name is "" or ".")
                continue;
            if (WhyNot(name, isFirst: names.Count == 0) is { } reason)
                throw Errors.Bad($"'{Show(text!)}' is no path in a repository: {reason}.");
            names.Add(name);
        }

        var path = new RepositoryPath(names.ToImmutable());
        return Encoding.UTF8.GetByteCount(path.ToString()) <= MaxPathBytes ? path : throw Errors.Bad($"'{Show(text!)}' is longer than {MaxPathBytes} bytes.");
    }

    /// <summary>What is here under names that the disk has, whatever they are.</summary>
    public RepositoryPath With(params ReadOnlySpan<string> names) => new(Names.AddRange(names));

    /// <summary>As it is shown, and read again: <c>/directory/file</c>.</summary>
    public override string ToString() => $"/{string.Join('/', Names)}";

    private static string? WhyNot(string name, bool isFirst) => name switch
    {
        ".." => "'..' leads out of a directory; name each file from the top of the repository",
        [(>= 'A' and <= 'Z') or (>= 'a' and <= 'z'), ':'] when isFirst => "it names a drive; a path begins at the top of the repository",
        [.., '.' or ' '] => "a name must not end with a dot or a blank, as some systems leave those away",
        _ when name.Any(char.IsControl) => "it holds a control character",
        _ when name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 => "it holds a character that this system has not in names",
        _ when HasHalfCharacter(name) => "it is no valid Unicode",
        _ when Encoding.UTF8.GetByteCount(name) > MaxNameBytes => $"a name is longer than {MaxNameBytes} bytes",
        _ => null,
    };

    private static bool HasHalfCharacter(string name)
    {
        for (var rest = name.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
                return true;
            rest = rest[length..];
        }

        return false;
    }

    private static string Show(string text) =>
        string.Concat((text.Length <= Shown ? text : $"{text[..Shown]}…").Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));
}
