"""QTI, the format in which Canvas and other learning platforms hand out their questions.

Version 1.2 (https://www.imsglobal.org/question/qtiv1p2/imsqti_asi_infov1p2.html) and versions 2 and
3 (https://www.imsglobal.org/question/). Essay questions are read; others are left out, by name.
"""
