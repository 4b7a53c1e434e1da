using System.Globalization;

namespace Hansa.Model;

/// <summary>A place on Earth: degrees (WGS 84) and metres above it.</summary>
/// <remarks>The wire's order is longitude, latitude, elevation (spec alwayson 4.2), JSON names each.</remarks>
public sealed record Location(double Longitude, double Latitude, double Elevation)
{
    /// <summary>Mean radius of the Earth in kilometres, as NEAR filters use it.</summary>
    public const double EarthRadiusKilometres = 6371.0088;

    /// <summary>A distance in kilometres.</summary>
    /// <param name="distance">The number.</param>
    /// <param name="units">M for miles (also where none are said), K for kilometres, N for nautical miles; case does not matter.</param>
    /// <exception cref="PlatformException">BadRequest: other units.</exception>
    public static double InKilometres(double distance, string? units) => (units ?? "M").ToUpperInvariant() switch
    {
        "M" => distance * 1.609344,
        "K" => distance,
        "N" => distance * 1.852,
        _ => throw new PlatformException(ErrorCode.BadRequest, $"Units of distance are M (miles), K (kilometres) or N (nautical miles), not '{units}'."),
    };

    /// <summary>Great-circle distance in kilometres (haversine); elevation does not count.</summary>
    public double DistanceTo(Location other)
    {
        var (lat1, lat2) = (double.DegreesToRadians(Latitude), double.DegreesToRadians(other.Latitude));
        var half = Math.Pow(Math.Sin((lat2 - lat1) / 2), 2)
            + Math.Cos(lat1) * Math.Cos(lat2) * Math.Pow(Math.Sin(double.DegreesToRadians(other.Longitude - Longitude) / 2), 2);
        return 2 * EarthRadiusKilometres * Math.Asin(Math.Min(1, Math.Sqrt(half)));
    }

    /// <summary>Latitude, longitude and elevation with colons between, as forms and scripts write a place.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Latitude:R}:{Longitude:R}:{Elevation:R}");

    /// <summary>Reads <c>latitude:longitude[:elevation]</c>, with commas allowed for the colons.</summary>
    public static Location? TryParse(string text)
    {
        var parts = text.Split(text.Contains(':') ? ':' : ',');
        Span<double> numbers = stackalloc double[3];
        if (parts.Length is < 2 or > 3)
            return null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new(numbers[1], numbers[0], numbers[2]);
    }
}

/// <summary>The value of a VEC2, VEC3 or VEC4; components beyond the dimension are 0.</summary>
public sealed record Vector(double X, double Y, double Z, double W)
{
    /// <summary>Component 0 to 3.</summary>
    public double this[int index] => index switch { 0 => X, 1 => Y, 2 => Z, _ => W };

    /// <summary>The first components with commas between.</summary>
    public string ToString(int dimensions) => string.Join(',', Enumerable.Range(0, dimensions).Select(i => this[i].ToString("R", CultureInfo.InvariantCulture)));

    /// <summary>Reads that many numbers with commas (or spaces) between.</summary>
    public static Vector? TryParse(string text, int dimensions)
    {
        var parts = text.Split([',', ' ', ':'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Span<double> numbers = stackalloc double[4];
        if (parts.Length != dimensions)
            return null;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }

        return new(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
