"""The scatter plot of the bank."""

from attempts.statistics.scatter import HEIGHT, WIDTH, scatter_plot, x_of, y_of


def test_the_corners_of_the_plot():
    plot = scatter_plot([], [])
    assert (x_of(0), y_of(1)) == (plot.left, plot.top)
    assert (x_of(1), y_of(-1)) == (plot.right, plot.bottom)
    assert 0 < plot.left < plot.right < WIDTH
    assert 0 < plot.top < plot.bottom < HEIGHT


def test_a_place_is_drawn_once_and_those_with_a_number_as_crosses_alone():
    plot = scatter_plot([(0.5, 0.5), (0.5, 0.5001), (0.1, 0.0)], [(1, 0.1, 0.0), (2, None, 0.3)])
    assert plot.dots == f"M{x_of(0.5)} {y_of(0.5)}h0"
    assert [(cross.number, cross.x, cross.y) for cross in plot.crosses] == [(1, x_of(0.1), y_of(0))]


def test_a_row_that_lacks_a_number_is_neither_drawn_nor_counted():
    plot = scatter_plot([(0.5, 0.5), (None, 0.1), (0.1, None)], [])
    assert (plot.dots, plot.count) == (f"M{x_of(0.5)} {y_of(0.5)}h0", 1)
